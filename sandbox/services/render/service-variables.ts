/** Environment variables of a service. A change takes effect with the next deploy. */
import type { Hono } from "hono";
import { cursorOf, existing, page, param, readBody, refuse } from "./answers.ts";
import type { Variable } from "./model.ts";
import type { Render } from "./render.ts";
import { newValue, newVariables, putVariable, replaceVariables, storedValue, variablesOf } from "./variables.ts";

/** Adds the routes. */
export function serviceVariableRoutes(app: Hono, render: Render): void {
  const collection = "/v1/services/:service/env-vars";
  const withCursor = (variable: Variable): object => ({ envVar: describe(variable), cursor: cursorOf(variable.key) });

  app.get(collection, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    return c.json(page(c, variablesOf(render, id), (variable) => variable.key).map(withCursor));
  });

  app.put(collection, async (c) => {
    const { id } = existing(render.services, param(c, "service"));
    replaceVariables(render, id, await readBody(c, newVariables));
    return c.json(variablesOf(render, id).map(withCursor));
  });

  app.get(`${collection}/:key`, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const key = param(c, "key");
    return c.json(describe(existing(render.variables, `${id}/${key}`, key)));
  });

  app.put(`${collection}/:key`, async (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const value = storedValue(await readBody(c, newValue));
    return c.json(describe(putVariable(render, id, param(c, "key"), value)));
  });

  app.delete(`${collection}/:key`, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const key = param(c, "key");
    if (!render.variables.delete(`${id}/${key}`)) refuse(404, `not found: ${key}`);
    return c.body(null, 204);
  });
}

function describe({ key, value }: Variable): object {
  return { key, value };
}
