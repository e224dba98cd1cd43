/** Variables of a context. Their values go in and never come out. */
import type { Hono } from "hono";
import { z } from "zod";
import { page, readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { contextOf } from "./contexts.ts";
import type { ContextVariable } from "./model.ts";
import { param } from "./slugs.ts";
import { variableName } from "./variable-name.ts";

const newValue = z.strictObject({ value: z.string() });
const PAGE_SIZE = 100;

/** Adds the routes. */
export function contextVariableRoutes(app: Hono, circleci: Circleci): void {
  const collection = "/api/v2/context/:context/environment-variable";

  app.get(collection, (c) => {
    const { id } = contextOf(circleci, c);
    const variables = circleci.contextVariables
      .list(({ contextId }) => contextId === id)
      .sort((a, b) => a.name.localeCompare(b.name));
    return c.json(page(c, variables.map(describe), PAGE_SIZE));
  });

  app.put(`${collection}/:name`, async (c) => {
    const { id: contextId } = contextOf(circleci, c);
    const name = variableName.safeParse(param(c, "name"));
    if (!name.success) refuse(400, "Invalid environment variable name.");
    const { value } = await readBody(c, newValue);
    const key = `${contextId}/${name.data}`;
    const now = circleci.now();
    const createdAt = circleci.contextVariables.get(key)?.createdAt ?? now;
    const variable = { contextId, name: name.data, value, createdAt, updatedAt: now };
    return c.json(describe(circleci.contextVariables.put(key, variable)));
  });

  app.delete(`${collection}/:name`, (c) => {
    const { id } = contextOf(circleci, c);
    if (!circleci.contextVariables.delete(`${id}/${param(c, "name")}`)) {
      refuse(404, "Environment variable not found.");
    }
    return c.json({ message: "Environment variable deleted." });
  });
}

function describe({ name, createdAt, updatedAt, contextId }: ContextVariable): object {
  return { variable: name, created_at: createdAt, updated_at: updatedAt, context_id: contextId };
}
