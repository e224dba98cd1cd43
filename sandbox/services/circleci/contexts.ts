/** Contexts: named sets of variables that belong to an organization. */
import type { Context as Call, Hono } from "hono";
import { z } from "zod";
import { deleteWhere } from "../core/collections.ts";
import { page, readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { uuidOf } from "./identity.ts";
import type { Context, Organization } from "./model.ts";
import { findOrganization, param } from "./slugs.ts";

const newContext = z.strictObject({
  name: z.string().min(1),
  owner: z.union([
    z.strictObject({ id: z.string(), type: z.enum(["account", "organization"]).optional() }),
    z.strictObject({ slug: z.string(), type: z.enum(["organization"]).optional() }),
  ]),
});

/** Adds the routes. */
export function contextRoutes(app: Hono, circleci: Circleci): void {
  app.post("/api/v2/context", async (c) => {
    const { name, owner } = await readBody(c, newContext);
    if (owner.type === "account") refuse(400, "Invalid owner type - only organization is supported at present");
    const organization = organizationOf(circleci, "id" in owner ? owner.id : owner.slug);
    const isTaken = (other: Context): boolean => other.organizationId === organization.id && other.name === name;
    if (circleci.contexts.find(isTaken)) refuse(409, "A context already exists with this name");
    const id = uuidOf(`context ${organization.id}/${name} ${circleci.store.next("context")}`);
    const context = { id, name, organizationId: organization.id, createdAt: circleci.now() };
    circleci.store.transaction(() => {
      circleci.contexts.put(id, context);
      // Every member of the organization may use a new context until somebody narrows that down.
      const everyone = { id: organization.id, contextId: id, type: "group", value: organization.id } as const;
      circleci.contextRestrictions.put(`${id}/${everyone.id}`, everyone);
    });
    return c.json(describe(context));
  });

  app.get("/api/v2/context", (c) => {
    const owner = c.req.query("owner-id") || c.req.query("owner-slug");
    if (!owner) refuse(400, "must specify either owner-slug or owner-id");
    const { id } = organizationOf(circleci, owner);
    const contexts = circleci.contexts
      .list(({ organizationId }) => organizationId === id)
      .sort((a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase()));
    return c.json(page(c, contexts.map(describe)));
  });

  app.get("/api/v2/context/:context", (c) => c.json(describe(contextOf(circleci, c))));

  app.delete("/api/v2/context/:context", (c) => {
    const { id } = contextOf(circleci, c);
    const isMine = (item: { contextId: string }): boolean => item.contextId === id;
    circleci.store.transaction(() => {
      circleci.contexts.delete(id);
      deleteWhere(circleci.contextVariables, ({ name }) => `${id}/${name}`, isMine);
      deleteWhere(circleci.contextRestrictions, (restriction) => `${id}/${restriction.id}`, isMine);
    });
    return c.json({ message: "Context deleted." });
  });
}

/**
 * The context that the path names. An id of no context is refused as one that the user may not see: with 403, where
 * the description says 404 (acceptance test of mrolla/terraform-provider-circleci, #67). Only the organization's list
 * tells the two apart.
 */
export function contextOf(circleci: Circleci, c: Call): Context {
  const context = circleci.contexts.get(param(c, "context"));
  if (context === undefined) refuse(403, "You don't have permission to view that context.");
  return context;
}

function organizationOf(circleci: Circleci, idOrSlug: string): Organization {
  const organization = findOrganization(circleci, idOrSlug);
  if (organization === undefined) refuse(404, "Organization not found.");
  return organization;
}

function describe({ id, name, createdAt }: Context): object {
  return { id, name, created_at: createdAt };
}
