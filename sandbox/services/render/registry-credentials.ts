/** Credentials with which images are pulled. Their tokens go in and never come out. */
import type { Hono } from "hono";
import { z } from "zod";
import { existing, page, param, passes, passesTimes, readBody } from "./answers.ts";
import { newId } from "./ids.ts";
import type { RegistryCredential } from "./model.ts";
import { requireOwner } from "./owners.ts";
import type { Render } from "./render.ts";

const update = z.object({
  name: z.string().min(1),
  registry: z.enum(["GITHUB", "GITLAB", "DOCKER", "GOOGLE_ARTIFACT", "AWS_ECR"]),
  username: z.string(),
  authToken: z.string().min(1),
});
const newCredential = update.extend({ ownerId: z.string() });

/** Adds the routes. */
export function registryCredentialRoutes(app: Hono, render: Render): void {
  app.get("/v1/registrycredentials", (c) => {
    const found = render.registryCredentials.list(
      (credential) =>
        passes(c, "name", credential.name) &&
        passes(c, "username", credential.username) &&
        passes(c, "type", credential.registry) &&
        passes(c, "ownerId", credential.ownerId) &&
        passesTimes(c, credential),
    );
    return c.json(page(c, found, ({ id }) => id).map(describe));
  });

  app.post("/v1/registrycredentials", async (c) => {
    const body = await readBody(c, newCredential);
    requireOwner(render, body.ownerId);
    const now = render.now();
    const credential = { id: newId("rgc"), ...body, createdAt: now, updatedAt: now };
    return c.json(describe(render.registryCredentials.put(credential.id, credential)));
  });

  app.get("/v1/registrycredentials/:credential", (c) =>
    c.json(describe(existing(render.registryCredentials, param(c, "credential")))),
  );

  app.patch("/v1/registrycredentials/:credential", async (c) => {
    const body = await readBody(c, update);
    const credential = existing(render.registryCredentials, param(c, "credential"));
    const updated = { ...credential, ...body, updatedAt: render.now() };
    return c.json(describe(render.registryCredentials.put(credential.id, updated)));
  });

  app.delete("/v1/registrycredentials/:credential", (c) => {
    const { id } = existing(render.registryCredentials, param(c, "credential"));
    render.store.transaction(() => {
      for (const service of render.services.list(({ registryCredentialId }) => registryCredentialId === id)) {
        const { registryCredentialId: _gone, ...rest } = service;
        render.services.put(service.id, rest);
      }
      render.registryCredentials.delete(id);
    });
    return c.body(null, 204);
  });
}

/** A credential as the API shows it: without its token. */
function describe({ id, name, registry, username, updatedAt }: RegistryCredential): object {
  return { id, name, registry, username, updatedAt };
}
