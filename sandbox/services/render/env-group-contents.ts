/** Single variables and secret files of an environment group. */
import type { Hono } from "hono";
import { z } from "zod";
import { existing, param, readBody, refuse } from "./answers.ts";
import { describeEnvGroup, touch } from "./env-groups.ts";
import type { Render } from "./render.ts";
import { newValue, putSecretFile, putVariable, storedValue } from "./variables.ts";

const newContent = z.object({ content: z.string() });

/** Adds the routes. */
export function envGroupContentRoutes(app: Hono, render: Render): void {
  const variable = "/v1/env-groups/:group/env-vars/:key";
  const file = "/v1/env-groups/:group/secret-files/:name";

  app.put(variable, async (c) => {
    const value = storedValue(await readBody(c, newValue));
    const group = existing(render.envGroups, param(c, "group"));
    putVariable(render, group.id, param(c, "key"), value);
    return c.json(describeEnvGroup(render, touch(render, group)));
  });

  app.delete(variable, (c) => {
    const group = existing(render.envGroups, param(c, "group"));
    if (!render.variables.delete(`${group.id}/${param(c, "key")}`)) refuse(404, `not found: ${param(c, "key")}`);
    touch(render, group);
    return c.body(null, 204);
  });

  app.put(file, async (c) => {
    const { content } = await readBody(c, newContent);
    const group = existing(render.envGroups, param(c, "group"));
    putSecretFile(render, group.id, param(c, "name"), content);
    return c.json(describeEnvGroup(render, touch(render, group)));
  });

  app.delete(file, (c) => {
    const group = existing(render.envGroups, param(c, "group"));
    if (!render.secretFiles.delete(`${group.id}/${param(c, "name")}`)) refuse(404, `not found: ${param(c, "name")}`);
    touch(render, group);
    return c.body(null, 204);
  });
}
