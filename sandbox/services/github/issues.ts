/** Issues: `/repos/{owner}/{repo}/issues`. A pull request answers here too, by its number. */
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { caller } from "./edge.ts";
import { notFound } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import { checkBodyLength } from "./issue-body.ts";
import { issueView } from "./issue-view.ts";
import { ensureLabels } from "./labels.ts";
import { maySetLabels } from "./limits.ts";
import type { Issue } from "./model.ts";
import { paginate } from "./paging.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const createBody = z.object({
  title: z.string().min(1),
  body: z.string().nullable().default(null),
  labels: z.array(z.string()).default([]),
});
const updateBody = z
  .object({
    title: z.string().min(1),
    body: z.string().nullable(),
    state: z.enum(["open", "closed"]),
    labels: z.array(z.string()),
  })
  .partial();

/** The routes. */
export function issueRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => {
    const repository = c.var.repository;
    const state = c.req.query("state") ?? "open";
    const creator = c.req.query("creator");
    const wanted = (c.req.query("labels") ?? "").split(",").filter(Boolean);
    const issues = github.data.issues
      .list((issue) => issue.repositoryId === repository.id && (state === "all" || issue.state === state))
      .filter((issue) => wanted.every((label) => issue.labels.includes(label)))
      .filter((issue) => creator === undefined || issue.author === creator)
      .reverse();
    const page = paginate(c, issues, github.urls.api(`${repositoryPath(repository)}/issues`));
    return c.json(
      page.items.map((issue) => issueView(github, repository, issue)),
      200,
      page.headers,
    );
  });
  app.post("/", async (c) => {
    const repository = c.var.repository;
    const body = await readBody(c, createBody, "issues/issues#create-an-issue");
    checkBodyLength("Issue", body.body);
    // Without push access a label is dropped, and nothing said ("Create an issue").
    const labels = maySetLabels(github.limits) ? body.labels : [];
    ensureLabels(github, repository, labels);
    const author = caller(github.identity, c).login;
    return c.json(issueView(github, repository, createIssue(github, repository, { ...body, labels, author })), 201);
  });
  app.get("/:number{[0-9]+}", (c) => {
    const repository = c.var.repository;
    return c.json(issueView(github, repository, findIssue(github, repository, c.req.param("number"))));
  });
  app.patch("/:number{[0-9]+}", async (c) => {
    const repository = c.var.repository;
    const issue = findIssue(github, repository, c.req.param("number"));
    const body = await readBody(c, updateBody, "issues/issues#update-an-issue");
    checkBodyLength("Issue", body.body);
    if (body.labels) ensureLabels(github, repository, body.labels);
    return c.json(issueView(github, repository, changeIssue(github, issue, body)));
  });
  return app;
}

/** The issue or pull request with a number; throws 404. */
export function findIssue(github: Github, repository: Repository, number: string): Issue {
  const issue = github.data.issues.get(partKey(repository.id, number));
  if (!issue) throw notFound("issues/issues#get-an-issue");
  return issue;
}

/** Stores a new issue or pull request under the repository's next number. */
export function createIssue(
  github: Github,
  repository: Repository,
  content: Pick<Issue, "author" | "title" | "body" | "labels" | "pull">,
): Issue {
  const numbers = github.data.issues.list((issue) => issue.repositoryId === repository.id).map((issue) => issue.number);
  const now = github.now();
  const issue: Issue = {
    ...content,
    id: github.nextId(),
    number: Math.max(0, ...numbers) + 1,
    repositoryId: repository.id,
    state: "open",
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
  return github.data.issues.put(partKey(repository.id, issue.number), issue);
}

/** Stores what changed of an issue. */
export function changeIssue(
  github: Github,
  issue: Issue,
  changes: { [K in "title" | "body" | "state" | "labels" | "pull"]?: Issue[K] | undefined },
): Issue {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const now = github.now();
  const changed = { ...issue, ...given, updatedAt: now };
  const closedAt = changed.state === "open" ? null : (issue.closedAt ?? now);
  return github.data.issues.put(partKey(issue.repositoryId, issue.number), { ...changed, closedAt });
}
