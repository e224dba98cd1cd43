/** What CI services say about commits: `/statuses`, and the views of it. */
import { Hono } from "hono";
import { z } from "zod";
import { simpleUser } from "./account-view.ts";
import { partKey } from "./data.ts";
import { unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { findCommit } from "./history.ts";
import { readBody } from "./input.ts";
import type { Commit, CommitStatus } from "./model.ts";
import { showRepository } from "./repositories.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { nodeId } from "./urls.ts";

const statusBody = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  target_url: z.string().nullable().default(null),
  description: z.string().max(140).nullable().default(null),
  context: z.string().default("default"),
});

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

/** The statuses of a commit, newest first. */
export function statusesOf(github: Github, repository: Repository, commit: Commit): CommitStatus[] {
  return github.data.statuses
    .list((status) => status.repositoryId === repository.id && status.sha === commit.sha)
    .reverse();
}

/** GET .../commits/{ref}/status: the newest status of each context, and what they come to. */
export function combinedStatus(github: Github, repository: Repository, commit: Commit) {
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

/** A status. */
export function statusView(github: Github, repository: Repository, status: CommitStatus) {
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
