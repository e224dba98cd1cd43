/** `/repos/{owner}/{repo}/pulls`: pull requests between branches of one repository. */

import { Hono } from "hono";
import { z } from "zod";
import { caller } from "./edge.ts";
import { validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { findBranch } from "./history.ts";
import { readBody } from "./input.ts";
import { createIssue } from "./issues.ts";
import { paginate } from "./paging.ts";
import { changedFiles, sidesOf } from "./pull-changes.ts";
import { MERGE_DOCS, mergeBody, mergePull } from "./pull-merge.ts";
import { allPulls, findPull } from "./pull-request.ts";
import { reviewRoutes } from "./pull-reviews.ts";
import { pullView } from "./pull-view.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const CREATE_DOCS = "pulls/pulls#create-a-pull-request";
const createBody = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullable().default(null),
});

/** The routes. */
export function pullRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => {
    const repository = c.var.repository;
    const state = c.req.query("state") ?? "open";
    const head = c.req.query("head")?.replace(/^[^:]*:/, "");
    const base = c.req.query("base");
    const pulls = allPulls(github, repository)
      .filter((pull) => state === "all" || pull.state === state)
      .filter((pull) => (!head || pull.pull.head === head) && (!base || pull.pull.base === base))
      .reverse();
    const page = paginate(c, pulls, github.urls.api(`${repositoryPath(repository)}/pulls`));
    return c.json(
      page.items.map((pull) => pullView(github, repository, pull)),
      200,
      page.headers,
    );
  });
  app.post("/", async (c) => {
    const repository = c.var.repository;
    const body = await readBody(c, createBody, CREATE_DOCS);
    const head = body.head.replace(/^[^:]*:/, "");
    checkBranches(github, repository, head, body.base);
    const pull = { head, base: body.base, mergeSha: null };
    const author = caller(github.identity, c).login;
    const issue = createIssue(github, repository, { author, title: body.title, body: body.body, labels: [], pull });
    return c.json(pullView(github, repository, { ...issue, pull }), 201);
  });
  app.get("/:number{[0-9]+}", (c) =>
    c.json(pullView(github, c.var.repository, findPull(github, c.var.repository, c.req.param("number")))),
  );
  app.get("/:number{[0-9]+}/files", (c) => {
    const repository = c.var.repository;
    const pull = findPull(github, repository, c.req.param("number"));
    const files = changedFiles(github, repository, sidesOf(github, repository, pull));
    const page = paginate(c, files, github.urls.api(`${repositoryPath(repository)}/pulls/${pull.number}/files`));
    return c.json(page.items, 200, page.headers);
  });
  reviewRoutes(app, github);
  app.put("/:number{[0-9]+}/merge", async (c) => {
    const pull = findPull(github, c.var.repository, c.req.param("number"));
    const body = await readBody(c, mergeBody, MERGE_DOCS);
    const by = caller(github.identity, c);
    const sha = github.transaction(() => mergePull(github, c.var.repository, pull, body, by));
    github.pushed(c.var.repository, { branch: pull.pull.base, sha });
    return c.json({ sha, merged: true, message: "Pull Request successfully merged" });
  });
  return app;
}

function checkBranches(github: Github, repository: Repository, head: string, base: string): void {
  const invalid = (field: string): Error =>
    validationFailed([{ resource: "PullRequest", code: "invalid", field }], CREATE_DOCS);
  const headBranch = findBranch(github, repository, head);
  const baseBranch = findBranch(github, repository, base);
  if (!headBranch) throw invalid("head");
  if (!baseBranch) throw invalid("base");
  const refuse = (message: string): Error =>
    validationFailed([{ resource: "PullRequest", code: "custom", field: "head", message }], CREATE_DOCS);
  if (headBranch.sha === baseBranch.sha) throw refuse(`No commits between ${base} and ${head}`);
  const open = allPulls(github, repository).some(
    ({ state, pull }) => state === "open" && pull.head === head && pull.base === base,
  );
  if (open) throw refuse(`A pull request already exists for ${repository.owner}:${head}.`);
}
