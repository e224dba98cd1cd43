/** Commits: `/commits`. */
import { Hono } from "hono";
import { commitDetailView, commitView } from "./commit-view.ts";
import { conflict, notFound, unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { commitLog, listBranches, resolveCommit } from "./history.ts";
import type { Commit } from "./model.ts";
import { paginate } from "./paging.ts";
import { pullsWithCommit } from "./pull-request.ts";
import { pullView } from "./pull-view.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { combinedStatus, statusesOf, statusView } from "./statuses.ts";

const DOCS = "commits/commits#get-a-commit";
/** The routes of `/commits`. */
export function commitRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => {
    const repository = c.var.repository;
    const from = commitOf(github, repository, c.req.query("sha") || repository.defaultBranch);
    const page = paginate(
      c,
      commitLog(github, repository, from),
      github.urls.api(`${repositoryPath(repository)}/commits`),
    );
    return c.json(
      page.items.map((commit) => commitView(github, repository, commit)),
      200,
      page.headers,
    );
  });
  app.get("/:ref{.+}/status", (c) => {
    const repository = c.var.repository;
    const commit = commitOf(github, repository, c.req.param("ref"));
    return c.json(combinedStatus(github, repository, commit));
  });
  app.get("/:ref{.+}/statuses", (c) => {
    const repository = c.var.repository;
    const commit = commitOf(github, repository, c.req.param("ref"));
    const page = paginate(
      c,
      statusesOf(github, repository, commit),
      github.urls.api(`${repositoryPath(repository)}/commits/${commit.sha}/statuses`),
    );
    return c.json(
      page.items.map((status) => statusView(github, repository, status)),
      200,
      page.headers,
    );
  });
  // Only GitHub Apps make check runs ("REST API endpoints for check runs"), and the sandbox has none: CircleCI reports
  // statuses unless its GitHub checks are switched on.
  app.get("/:ref{.+}/check-runs", (c) => {
    commitOf(github, c.var.repository, c.req.param("ref"));
    return c.json({ total_count: 0, check_runs: [] });
  });
  app.get("/:ref{.+}/pulls", (c) => {
    const repository = c.var.repository;
    const commit = commitOf(github, repository, c.req.param("ref"));
    const page = paginate(
      c,
      pullsWithCommit(github, repository, commit),
      github.urls.api(`${repositoryPath(repository)}/commits/${commit.sha}/pulls`),
    );
    return c.json(
      page.items.map((pull) => pullView(github, repository, pull)),
      200,
      page.headers,
    );
  });
  app.get("/:ref{.+}", (c) => {
    const repository = c.var.repository;
    return c.json(commitDetailView(github, repository, commitOf(github, repository, c.req.param("ref"))));
  });
  return app;
}

function commitOf(github: Github, repository: Repository, ref: string): Commit {
  const commit = resolveCommit(github, repository, ref);
  if (commit) return commit;
  if (listBranches(github, repository).length === 0) throw conflict("Git Repository is empty.", DOCS);
  throw /^[0-9a-f]{40}$/.test(ref) ? unprocessable(`No commit found for SHA: ${ref}`, DOCS) : notFound(DOCS);
}
