/** Users and organizations: `/user`, `/users/{username}`, `/orgs/{org}`. */
import { Hono } from "hono";
import { organizationView, privateUser, publicUser } from "./account-view.ts";
import { notFound } from "./errors.ts";
import type { Github } from "./github.ts";
import type { Account } from "./identity.ts";

/** The routes. */
export function accountRoutes(github: Github): Hono {
  const app = new Hono();
  const count = (account: Account, visibility: "public" | "private"): number =>
    github.data.repositories.list(
      ({ owner, settings }) => owner === account.login && settings.visibility === visibility,
    ).length;

  app.get("/user", (c) => {
    const { actor } = github.identity;
    return c.json(privateUser(actor, github.urls, count(actor, "public"), count(actor, "private")));
  });
  app.get("/users/:login", (c) => {
    const account = github.identity.find(c.req.param("login"));
    if (!account) throw notFound("users/users#get-a-user");
    return c.json(publicUser(account, github.urls, count(account, "public")));
  });
  app.get("/orgs/:org", (c) => {
    const account = github.identity.find(c.req.param("org"));
    if (account?.type !== "Organization") throw notFound("orgs/orgs#get-an-organization");
    return c.json(organizationView(account, github.urls, count(account, "public"), count(account, "private")));
  });
  return app;
}
