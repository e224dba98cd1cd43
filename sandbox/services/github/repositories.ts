/** Repositories: `/orgs/{org}/repos`, `/user/repos`, `/repos/{owner}/{repo}`. */
import { type Context, Hono } from "hono";
import { markNotEmulated } from "../core/exchange.ts";
import { deleteRepository } from "./data.ts";
import { notFound } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import type { Account } from "./identity.ts";
import { readBody } from "./input.ts";
import { paginate } from "./paging.ts";
import { createRepositoryBody, type Repository, updateRepositoryBody } from "./repository.ts";
import { createRepository, updateRepository } from "./repository-changes.ts";
import { repositoryView } from "./repository-view.ts";

/** A repository's JSON, with what is counted or looked up for it. */
export function showRepository(github: Github, repository: Repository) {
  const owner = github.identity.find(repository.owner);
  if (!owner) throw new Error(`the owner ${repository.owner} of a stored repository is unknown`);
  const open = github.data.issues.list((issue) => issue.repositoryId === repository.id && issue.state === "open");
  return repositoryView(repository, owner, open.length, github.urls);
}

/** Lists and creates: mounted at the API's root. */
export function repositoryListRoutes(github: Github): Hono {
  const app = new Hono();
  const ofOwner = (login: string): Repository[] =>
    github.data.repositories.list((repository) => repository.owner.toLowerCase() === login.toLowerCase());
  const organization = (login: string): Account => {
    const account = github.identity.find(login);
    if (account?.type !== "Organization") throw notFound("repos/repos");
    return account;
  };
  const list = (c: Context, repositories: readonly Repository[], path: string) => {
    const page = paginate(c, repositories, github.urls.api(path));
    return c.json(
      page.items.map((repository) => showRepository(github, repository)),
      200,
      page.headers,
    );
  };
  const create = async (c: Context, owner: Account) => {
    const request = await readBody(c, createRepositoryBody, "repos/repos#create-an-organization-repository");
    if (request.gitignore_template || request.license_template) markNotEmulated(c.req.raw);
    const repository = github.transaction(() => createRepository(github, owner, request));
    const view = showRepository(github, repository);
    return c.json(view, 201, { Location: view.url });
  };

  app.get("/orgs/:org/repos", (c) => {
    const { login } = organization(c.req.param("org"));
    return list(c, ofOwner(login), `/orgs/${login}/repos`);
  });
  app.post("/orgs/:org/repos", (c) => create(c, organization(c.req.param("org"))));
  app.get("/user/repos", (c) => list(c, github.data.repositories.list(), "/user/repos"));
  app.post("/user/repos", (c) => create(c, github.identity.actor));
  return app;
}

/** One repository: mounted at `/repos/:owner/:repo`. */
export function repositoryRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => c.json(showRepository(github, c.var.repository)));
  app.patch("/", async (c) => {
    const request = await readBody(c, updateRepositoryBody, "repos/repos#update-a-repository");
    const changed = github.transaction(() => updateRepository(github, c.var.repository, request));
    return c.json(showRepository(github, changed));
  });
  app.delete("/", (c) => {
    github.transaction(() => deleteRepository(github.data, c.var.repository));
    return c.body(null, 204);
  });
  return app;
}
