/** The user and the workspace that the API key belongs to. */
import type { Hono } from "hono";
import { cursorOf, page, param, passes, refuse } from "./answers.ts";
import type { Owner } from "./model.ts";
import type { Render } from "./render.ts";

/** Adds the routes. */
export function ownerRoutes(app: Hono, render: Render): void {
  const { owner } = render;
  app.get("/v1/users", (c) => c.json({ email: owner.email, name: `${owner.name} operator` }));

  app.get("/v1/owners", (c) => {
    const found = [owner].filter(({ name, email }) => passes(c, "name", name) && passes(c, "email", email));
    return c.json(page(c, found, ({ id }) => id).map((item) => ({ owner: item, cursor: cursorOf(item.id) })));
  });

  app.get("/v1/owners/:owner", (c) => c.json(ownerOf(render, param(c, "owner"))));
}

function ownerOf(render: Render, id: string): Owner {
  if (id !== render.owner.id) refuse(404, `not found: ${id}`);
  return render.owner;
}

/** Refuses a request whose `ownerId` is not the workspace of the API key. */
export function requireOwner(render: Render, ownerId: string): void {
  if (ownerId !== render.owner.id) refuse(400, `invalid ownerId: ${ownerId}`);
}
