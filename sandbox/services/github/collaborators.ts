/** `/repos/{owner}/{repo}/collaborators` and `/invitations`. Members of the organization need no invitation. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { simpleUser } from "./account-view.ts";
import { partKey } from "./data.ts";
import { notFound, unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import type { Account } from "./identity.ts";
import { readBody } from "./input.ts";
import { paginate } from "./paging.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const DOCS = "collaborators/collaborators";
/** Roles by permission, weakest first. */
const ROLES: Readonly<Record<string, string>> = {
  pull: "read",
  triage: "triage",
  push: "write",
  maintain: "maintain",
  admin: "admin",
};
const putBody = z.object({ permission: z.string().default("push") });

/** The routes, mounted at the repository. */
export function collaboratorRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const userOf = (c: Context): Account => {
    const account = github.identity.find(c.req.param("login") ?? "");
    if (account?.type !== "User") throw notFound(DOCS);
    return account;
  };
  const permissionOf = (repository: Repository, user: Account): string | undefined =>
    user.id === github.identity.actor.id
      ? "admin"
      : github.data.collaborators.get(partKey(repository.id, user.login))?.permission;

  app.get("/invitations", (c) => c.json([]));
  app.get("/collaborators", (c) => {
    const repository = c.var.repository;
    const collaborators = github.identity.users.flatMap((user) => {
      const permission = permissionOf(repository, user);
      return permission ? [collaboratorView(github, user, permission)] : [];
    });
    const page = paginate(c, collaborators, github.urls.api(`${repositoryPath(repository)}/collaborators`));
    return c.json(page.items, 200, page.headers);
  });
  app.put("/collaborators/:login", async (c) => {
    const repository = c.var.repository;
    const user = userOf(c);
    const { permission } = await readBody(c, putBody, `${DOCS}#add-a-repository-collaborator`);
    if (!ROLES[permission]) throw unprocessable(`${permission} is not a permission of this repository.`, DOCS);
    const collaborator = { repositoryId: repository.id, login: user.login, permission };
    github.data.collaborators.put(partKey(repository.id, user.login), collaborator);
    return c.body(null, 204);
  });
  app.get("/collaborators/:login", (c) => {
    if (!permissionOf(c.var.repository, userOf(c))) throw notFound(DOCS);
    return c.body(null, 204);
  });
  app.delete("/collaborators/:login", (c) => {
    github.data.collaborators.delete(partKey(c.var.repository.id, userOf(c).login));
    return c.body(null, 204);
  });
  return app;
}

function collaboratorView(github: Github, user: Account, permission: string) {
  const names = Object.keys(ROLES);
  const rank = names.indexOf(permission);
  return {
    ...simpleUser(user, github.urls),
    permissions: Object.fromEntries(names.map((name, index) => [name, index <= rank])),
    role_name: ROLES[permission] ?? permission,
  };
}
