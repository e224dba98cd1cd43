/** `/repos/{owner}/{repo}/pulls`: pull requests between branches of one repository. */

import { Hono } from "hono";
import { z } from "zod";
import { VendorError } from "../core/vendor-error.ts";
import { caller } from "./edge.ts";
import { conflict, notFound, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { findBranch, findCommit, setBranch, writeCommit } from "./history.ts";
import { readBody } from "./input.ts";
import { changeIssue, createIssue, findIssue } from "./issues.ts";
import { mergeFiles } from "./merge.ts";
import type { Commit } from "./model.ts";
import { paginate } from "./paging.ts";
import { allPulls, type PullRequest } from "./pull-request.ts";
import { pullView } from "./pull-view.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { ruleViolations } from "./rule-enforcement.ts";

const CREATE_DOCS = "pulls/pulls#create-a-pull-request";
const MERGE_DOCS = "pulls/pulls#merge-a-pull-request";
const createBody = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullable().default(null),
});
const mergeBody = z.object({ commit_title: z.string().optional(), sha: z.string().optional() });

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
  app.put("/:number{[0-9]+}/merge", async (c) => {
    const pull = findPull(github, c.var.repository, c.req.param("number"));
    const body = await readBody(c, mergeBody, MERGE_DOCS);
    const sha = github.transaction(() => merge(github, c.var.repository, pull, body));
    return c.json({ sha, merged: true, message: "Pull Request successfully merged" });
  });
  return app;
}

function findPull(github: Github, repository: Repository, number: string): PullRequest {
  const { pull, ...issue } = findIssue(github, repository, number);
  if (!pull) throw notFound("pulls/pulls#get-a-pull-request");
  return { ...issue, pull };
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

function merge(github: Github, repository: Repository, pull: PullRequest, request: z.output<typeof mergeBody>): string {
  const refuse = (message: string): VendorError =>
    new VendorError(405, { message, documentation_url: `https://docs.github.com/rest/${MERGE_DOCS}`, status: "405" });
  const head = branchHead(github, repository, pull.pull.head);
  const base = branchHead(github, repository, pull.pull.base);
  if (pull.state !== "open" || !head || !base) throw refuse("Pull Request is not mergeable");
  if (request.sha !== undefined && request.sha !== head.sha) {
    throw conflict("Head branch was modified. Review and try the merge again.", MERGE_DOCS);
  }
  const change = { branch: pull.pull.base, kind: "update", mergedHead: head.sha } as const;
  const violations = ruleViolations(github, repository, change);
  if (violations) throw refuse(violations);
  const files = mergeFiles(github, repository, base, head);
  if (!files) throw refuse("Pull Request is not mergeable");
  const title = `Merge pull request #${pull.number} from ${repository.owner}/${pull.pull.head}`;
  const commit = writeCommit(github, repository, {
    parents: [base.sha, head.sha],
    files,
    message: `${request.commit_title ?? title}\n\n${pull.title}`,
  });
  setBranch(github, repository, pull.pull.base, commit.sha);
  changeIssue(github, pull, { state: "closed", pull: { ...pull.pull, mergeSha: commit.sha } });
  return commit.sha;
}

function branchHead(github: Github, repository: Repository, name: string): Commit | undefined {
  const branch = findBranch(github, repository, name);
  return branch && findCommit(github, repository, branch.sha);
}
