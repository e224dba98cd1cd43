/** Commits and what CI services say about them: `/commits`, `/statuses`. */
import { Hono } from "hono";
import { z } from "zod";
import { simpleUser } from "./account-view.ts";
import { commitDetailView, commitView } from "./commit-view.ts";
import { partKey } from "./data.ts";
import { conflict, notFound, unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { commitLog, findCommit, listBranches, resolveCommit } from "./history.ts";
import { readBody } from "./input.ts";
import type { Commit, CommitStatus } from "./model.ts";
import { paginate } from "./paging.ts";
import { pullsWithCommit } from "./pull-request.ts";
import { pullView } from "./pull-view.ts";
import { showRepository } from "./repositories.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { nodeId } from "./urls.ts";

const DOCS = "commits/commits#get-a-commit";
const statusBody = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  target_url: z.string().nullable().default(null),
  description: z.string().max(140).nullable().default(null),
  context: z.string().default("default"),
});

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
  // A check run belongs to a GitHub App; the sandbox has none, so that the lists are empty.
  app.get("/:ref{.+}/check-runs", (c) => {
    commitOf(github, c.var.repository, c.req.param("ref"));
    return c.json({ total_count: 0, check_runs: [] });
  });
  app.get("/:ref{.+}/check-suites", (c) => {
    commitOf(github, c.var.repository, c.req.param("ref"));
    return c.json({ total_count: 0, check_suites: [] });
  });
  app.get("/:ref{.+}", (c) => {
    const repository = c.var.repository;
    return c.json(commitDetailView(github, repository, commitOf(github, repository, c.req.param("ref"))));
  });
  return app;
}

/** The routes of `/statuses`. */
export function statusRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.post("/:sha", async (c) => {
    const repository = c.var.repository;
    const sha = c.req.param("sha");
    if (!findCommit(github, repository, sha))
      throw unprocessable(`No commit found for SHA: ${sha}`, "commits/statuses");
    const { target_url, ...body } = await readBody(c, statusBody, "commits/statuses#create-a-commit-status");
    const id = github.nextId();
    const status = { ...body, id, sha, repositoryId: repository.id, targetUrl: target_url, createdAt: github.now() };
    github.data.statuses.put(partKey(repository.id, id), status);
    return c.json(statusView(github, repository, status), 201);
  });
  return app;
}

function commitOf(github: Github, repository: Repository, ref: string): Commit {
  const commit = resolveCommit(github, repository, ref);
  if (commit) return commit;
  if (listBranches(github, repository).length === 0) throw conflict("Git Repository is empty.", DOCS);
  throw /^[0-9a-f]{40}$/.test(ref) ? unprocessable(`No commit found for SHA: ${ref}`, DOCS) : notFound(DOCS);
}

/** Newest first. */
function statusesOf(github: Github, repository: Repository, commit: Commit): CommitStatus[] {
  return github.data.statuses
    .list((status) => status.repositoryId === repository.id && status.sha === commit.sha)
    .reverse();
}

function combinedStatus(github: Github, repository: Repository, commit: Commit) {
  const all = statusesOf(github, repository, commit);
  const latest = all.filter((status, index) => all.findIndex((other) => other.context === status.context) === index);
  const states = new Set(latest.map((status) => status.state));
  const state =
    states.has("failure") || states.has("error")
      ? "failure"
      : states.has("pending") || latest.length === 0
        ? "pending"
        : "success";
  const commitUrl = github.urls.api(`${repositoryPath(repository)}/commits/${commit.sha}`);
  return {
    state,
    statuses: latest.map((status) => {
      const { creator: _creator, ...simple } = statusView(github, repository, status);
      return simple;
    }),
    sha: commit.sha,
    total_count: latest.length,
    repository: showRepository(github, repository),
    commit_url: commitUrl,
    url: `${commitUrl}/status`,
  };
}

function statusView(github: Github, repository: Repository, status: CommitStatus) {
  const creator = simpleUser(github.identity.actor, github.urls);
  return {
    url: github.urls.api(`${repositoryPath(repository)}/statuses/${status.sha}`),
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator,
  };
}
