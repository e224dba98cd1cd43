/** Users and organizations: `/user`, `/users/{username}`, `/orgs/{org}`. */
import { Hono } from "hono";
import { organizationView, privateUser, publicPartOf, publicUser, simpleUser } from "./account-view.ts";
import { caller } from "./edge.ts";
import { forbidden, notFound } from "./errors.ts";
import type { Github } from "./github.ts";
import type { Account } from "./identity.ts";
import { maySeeMembership, seesEverything } from "./limits.ts";

const MEMBERSHIP_DOCS = "orgs/members#get-an-organization-membership-for-the-authenticated-user";
const MEMBERSHIP_REFUSAL = "You need at least read:org scope or user scope to see the membership.";

/** The routes. */
export function accountRoutes(github: Github): Hono {
  const app = new Hono();
  const count = (account: Account, visibility: "public" | "private"): number =>
    github.data.repositories.list(
      ({ owner, settings }) => owner === account.login && settings.visibility === visibility,
    ).length;

  app.get("/user", (c) => {
    const user = caller(github.identity, c);
    return c.json(privateUser(user, github.urls, count(user, "public"), count(user, "private")));
  });
  app.get("/users/:login", (c) => {
    const account = github.identity.find(c.req.param("login"));
    if (!account) throw notFound("users/users#get-a-user");
    return c.json(publicUser(account, github.urls, count(account, "public")));
  });
  app.get("/orgs/:org", (c) => {
    const account = github.identity.find(c.req.param("org"));
    if (account?.type !== "Organization") throw notFound("orgs/orgs#get-an-organization");
    const counts = [count(account, "public"), count(account, "private")] as const;
    const view = organizationView(account, github.urls, ...counts, github.limits.githubPlan ?? "team");
    return c.json(seesEverything(github.limits) ? view : publicPartOf(view));
  });
  app.get("/user/memberships/orgs/:org", (c) => {
    const { actor, organization } = github.identity;
    if (c.req.param("org").toLowerCase() !== organization.login.toLowerCase()) throw notFound(MEMBERSHIP_DOCS);
    if (!maySeeMembership(github.limits)) throw forbidden(MEMBERSHIP_REFUSAL, MEMBERSHIP_DOCS);
    return c.json({
      url: github.urls.api(`/orgs/${organization.login}/memberships/${actor.login}`),
      state: "active",
      role: "admin",
      organization_url: github.urls.api(`/orgs/${organization.login}`),
      organization: simpleUser(organization, github.urls),
      user: simpleUser(actor, github.urls),
    });
  });
  return app;
}
