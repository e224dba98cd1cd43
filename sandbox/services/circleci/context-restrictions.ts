/** Restrictions of a context: which projects, groups or pipelines may use it. */
import type { Hono } from "hono";
import { z } from "zod";
import { readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { contextOf } from "./contexts.ts";
import { uuidOf } from "./identity.ts";
import type { ContextRestriction } from "./model.ts";
import { findOrganization, isUuid, param } from "./slugs.ts";

const newRestriction = z.strictObject({
  restriction_type: z.enum(["project", "expression", "group"]),
  restriction_value: z.string().min(1),
});

/** Adds the routes. */
export function contextRestrictionRoutes(app: Hono, circleci: Circleci): void {
  const collection = "/api/v2/context/:context/restrictions";
  const nameOf = ({ type, value }: ContextRestriction): string | undefined => {
    if (type === "group") return "All members";
    return type === "project" ? circleci.projects.get(value)?.name : undefined;
  };

  app.use(`${collection}/*`, async (c, next) => {
    if (!isUuid(param(c, "context"))) refuse(400, "context_id is invalid.");
    await next();
  });

  app.get(collection, (c) => {
    const { id } = contextOf(circleci, c);
    const items = circleci.contextRestrictions
      .list(({ contextId }) => contextId === id)
      .map((restriction) => {
        const name = nameOf(restriction);
        return { context_id: id, ...describe(restriction), ...(name !== undefined && { name }) };
      });
    return c.json({ items });
  });

  app.post(collection, async (c) => {
    const context = contextOf(circleci, c);
    const { restriction_type: type, restriction_value: value } = await readBody(c, newRestriction);
    if (type === "project" && !isUuid(value)) refuse(400, "Invalid restriction.");
    if (type === "group") {
      const organization = findOrganization(circleci, context.organizationId);
      if (organization?.kind !== "oauth") refuse(400, "This is only supported for OAuth orgs.");
      if (value !== organization.id) refuse(400, "Invalid restriction.");
    }
    const isSame = (other: ContextRestriction): boolean =>
      other.contextId === context.id && other.type === type && other.value === value;
    if (circleci.contextRestrictions.find(isSame)) refuse(409, "Conflict creating entity.");
    const id = type === "group" ? value : uuidOf(`restriction ${context.id} ${circleci.store.next("restriction")}`);
    const restriction = { id, contextId: context.id, type, value };
    circleci.contextRestrictions.put(`${context.id}/${id}`, restriction);
    return c.json(describe(restriction), 201);
  });

  app.delete(`${collection}/:restriction`, (c) => {
    const { id } = contextOf(circleci, c);
    const restriction = param(c, "restriction");
    if (!isUuid(restriction)) refuse(400, "restriction_id is invalid.");
    if (!circleci.contextRestrictions.delete(`${id}/${restriction}`)) refuse(404, "restriction not found");
    return c.json({ message: "Context restriction deleted." });
  });
}

function describe({ id, type, value }: ContextRestriction): object {
  return {
    id,
    ...(type === "project" && { project_id: value }),
    restriction_type: type,
    restriction_value: value,
  };
}
