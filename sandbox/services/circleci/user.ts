/** `GET /me`, the user's organizations, and an organization by id or slug. */
import type { Context, Hono } from "hono";
import { inBothSpellings, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { accountUser } from "./identity.ts";
import { findOrganization, param } from "./slugs.ts";

const vcsTypes = { oauth: "github", app: "circleci" } as const;

/** Adds the routes. */
export function userRoutes(app: Hono, circleci: Circleci): void {
  const user = accountUser(circleci.account.owner);
  app.get("/api/v2/me", (c) => c.json(user));
  app.get("/api/v2/me/collaborations", (c) =>
    c.json(
      circleci.organizations.map(({ id, kind, name, slug, isPersonal }) => ({
        // Nullable in the description ("Collaborations"), and null for the user's own account.
        id: isPersonal ? null : id,
        ...inBothSpellings({ vcs_type: vcsTypes[kind] }),
        name,
        avatar_url: user.avatar_url,
        slug,
      })),
    ),
  );

  const organization = (c: Context, idOrSlug: string): Response => {
    const found = findOrganization(circleci, idOrSlug);
    if (found === undefined) refuse(404, "Org not found.");
    return c.json({ id: found.id, name: found.name, slug: found.slug, vcs_type: vcsTypes[found.kind] });
  };
  app.get("/api/v2/organization/:organization", (c) => organization(c, param(c, "organization")));
}
