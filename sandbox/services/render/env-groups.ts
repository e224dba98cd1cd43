/** Environment groups: variables and secret files that several services share. */
import type { Hono } from "hono";
import { z } from "zod";
import { existing, param, readBody, refuse } from "./answers.ts";
import { newId } from "./ids.ts";
import type { EnvGroup } from "./model.ts";
import { requireOwner } from "./owners.ts";
import type { Render } from "./render.ts";
import {
  forgetScope,
  newSecretFiles,
  newVariables,
  replaceSecretFiles,
  replaceVariables,
  secretFilesOf,
  variablesOf,
} from "./variables.ts";

const newGroup = z.object({
  name: z.string().min(1),
  ownerId: z.string(),
  envVars: newVariables,
  secretFiles: newSecretFiles.optional(),
  serviceIds: z.array(z.string()).default([]),
  environmentId: z.string().optional(),
});
const update = z.object({ name: z.string().min(1) });

/** Adds the routes. */
export function envGroupRoutes(app: Hono, render: Render): void {
  app.post("/v1/env-groups", async (c) => {
    const { envVars, secretFiles = [], environmentId, ...fields } = await readBody(c, newGroup);
    requireOwner(render, fields.ownerId);
    if (environmentId !== undefined && !render.environments.get(environmentId)) {
      refuse(400, `invalid environmentId: ${environmentId}`);
    }
    for (const id of fields.serviceIds) if (!render.services.get(id)) refuse(400, `invalid serviceId: ${id}`);
    const now = render.now();
    const membership = environmentId === undefined ? {} : { environmentId };
    const group: EnvGroup = { id: newId("evg"), ...fields, ...membership, createdAt: now, updatedAt: now };
    render.store.transaction(() => {
      render.envGroups.put(group.id, group);
      replaceVariables(render, group.id, envVars);
      replaceSecretFiles(render, group.id, secretFiles);
    });
    return c.json(describeEnvGroup(render, group), 201);
  });

  app.get("/v1/env-groups/:group", (c) =>
    c.json(describeEnvGroup(render, existing(render.envGroups, param(c, "group")))),
  );

  app.patch("/v1/env-groups/:group", async (c) => {
    const { name } = await readBody(c, update);
    const group = existing(render.envGroups, param(c, "group"));
    return c.json(describeEnvGroup(render, touch(render, { ...group, name })));
  });

  app.delete("/v1/env-groups/:group", (c) => {
    deleteEnvGroup(render, existing(render.envGroups, param(c, "group")).id);
    return c.body(null, 204);
  });

  app.post("/v1/env-groups/:group/services/:service", (c) => {
    const group = existing(render.envGroups, param(c, "group"));
    const { id } = existing(render.services, param(c, "service"));
    const serviceIds = [...new Set([...group.serviceIds, id])];
    return c.json(describeEnvGroup(render, touch(render, { ...group, serviceIds })));
  });

  app.delete("/v1/env-groups/:group/services/:service", (c) => {
    const group = existing(render.envGroups, param(c, "group"));
    const { id } = existing(render.services, param(c, "service"));
    touch(render, { ...group, serviceIds: group.serviceIds.filter((linked) => linked !== id) });
    return c.body(null, 204);
  });
}

/** The groups that a service is linked to, oldest first. */
export function envGroupsOf(render: Render, serviceId: string): EnvGroup[] {
  return render.envGroups.list(({ serviceIds }) => serviceIds.includes(serviceId));
}

/** Deletes a group with its variables and files. */
export function deleteEnvGroup(render: Render, id: string): void {
  render.envGroups.delete(id);
  forgetScope(render, id);
}

/** Stores a group that was changed just now. */
export function touch(render: Render, group: EnvGroup): EnvGroup {
  return render.envGroups.put(group.id, { ...group, updatedAt: render.now() });
}

/** A group with its variables and files. */
export function describeEnvGroup(render: Render, group: EnvGroup): object {
  return {
    ...summarize(render, group),
    envVars: variablesOf(render, group.id).map(({ key, value }) => ({ key, value })),
    secretFiles: secretFilesOf(render, group.id).map(({ name, content }) => ({ name, content })),
  };
}

function summarize(render: Render, group: EnvGroup): object {
  const { serviceIds, ...fields } = group;
  const links = serviceIds.flatMap((id) => render.services.get(id) ?? []);
  return { ...fields, serviceLinks: links.map(({ id, name }) => ({ id, name, type: "web" })) };
}
