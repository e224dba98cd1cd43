/** Secret files of a service. A change takes effect with the next deploy. */
import type { Hono } from "hono";
import { z } from "zod";
import { cursorOf, existing, page, param, readBody, refuse } from "./answers.ts";
import type { SecretFile } from "./model.ts";
import type { Render } from "./render.ts";
import { newSecretFiles, putSecretFile, replaceSecretFiles, secretFilesOf } from "./variables.ts";

const newContent = z.object({ content: z.string() });

/** Adds the routes. */
export function serviceSecretFileRoutes(app: Hono, render: Render): void {
  const collection = "/v1/services/:service/secret-files";
  const withCursor = (file: SecretFile): object => ({ secretFile: describe(file), cursor: cursorOf(file.name) });

  app.get(collection, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    return c.json(page(c, secretFilesOf(render, id), ({ name }) => name).map(withCursor));
  });

  app.put(collection, async (c) => {
    const { id } = existing(render.services, param(c, "service"));
    replaceSecretFiles(render, id, await readBody(c, newSecretFiles));
    return c.json(secretFilesOf(render, id).map(withCursor));
  });

  app.get(`${collection}/:name`, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const name = param(c, "name");
    return c.json(describe(existing(render.secretFiles, `${id}/${name}`, name)));
  });

  app.put(`${collection}/:name`, async (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const { content } = await readBody(c, newContent);
    return c.json(describe(putSecretFile(render, id, param(c, "name"), content)), 201);
  });

  app.delete(`${collection}/:name`, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const name = param(c, "name");
    if (!render.secretFiles.delete(`${id}/${name}`)) refuse(404, `not found: ${name}`);
    return c.body(null, 204);
  });
}

function describe({ name, content }: SecretFile): object {
  return { name, content };
}
