/** Labels of one issue or pull request: `/issues/{number}/labels`. */
import { Hono } from "hono";
import { z } from "zod";
import { notFound } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import { changeIssue, findIssue } from "./issues.ts";
import { ensureLabels, labelsOf } from "./labels.ts";
import type { Issue } from "./model.ts";
import type { Repository } from "./repository.ts";

const labelsBody = z.object({ labels: z.array(z.string()) });

/** The routes, mounted at `/issues`. */
export function issueLabelRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/:number{[0-9]+}/labels", (c) => {
    const issue = findIssue(github, c.var.repository, c.req.param("number"));
    return c.json(labelsOf(github, c.var.repository, issue.labels));
  });
  const change = (repository: Repository, issue: Issue, labels: readonly string[]) => {
    ensureLabels(github, repository, labels);
    changeIssue(github, issue, { labels: [...new Set(labels)] });
    return labelsOf(github, repository, [...new Set(labels)]);
  };
  app.post("/:number{[0-9]+}/labels", async (c) => {
    const issue = findIssue(github, c.var.repository, c.req.param("number"));
    const { labels } = await readBody(c, labelsBody, "issues/labels#add-labels-to-an-issue");
    return c.json(change(c.var.repository, issue, [...issue.labels, ...labels]));
  });
  app.delete("/:number{[0-9]+}/labels/:name", (c) => {
    const issue = findIssue(github, c.var.repository, c.req.param("number"));
    const name = c.req.param("name");
    if (!issue.labels.includes(name)) throw notFound("issues/labels", "Label does not exist");
    return c.json(
      change(
        c.var.repository,
        issue,
        issue.labels.filter((label) => label !== name),
      ),
    );
  });
  return app;
}
