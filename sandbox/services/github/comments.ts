/** Comments on issues and pull requests: `/issues/{number}/comments`, `/issues/comments/{id}`. */
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { caller } from "./edge.ts";
import { notFound, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import { checkBodyLength } from "./issue-body.ts";
import { commentView } from "./issue-view.ts";
import { findIssue } from "./issues.ts";
import type { IssueComment } from "./model.ts";
import { paginate } from "./paging.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const CREATE_DOCS = "issues/comments#create-an-issue-comment";
const commentBody = z.object({ body: z.string() });

/** The routes, mounted at `/issues`. */
export function commentRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const findComment = (repository: Repository, id: string): IssueComment => {
    const comment = github.data.comments.get(partKey(repository.id, id));
    if (!comment) throw notFound("issues/comments#get-an-issue-comment");
    return comment;
  };
  app.patch("/comments/:id{[0-9]+}", async (c) => {
    const repository = c.var.repository;
    const comment = findComment(repository, c.req.param("id"));
    const { body } = await readBody(c, commentBody, "issues/comments#update-an-issue-comment");
    checkBodyLength("IssueComment", body);
    const changed = { ...comment, body, updatedAt: github.now() };
    github.data.comments.put(partKey(repository.id, comment.id), changed);
    return c.json(commentView(github, repository, changed));
  });
  app.delete("/comments/:id{[0-9]+}", (c) => {
    const comment = findComment(c.var.repository, c.req.param("id"));
    github.data.comments.delete(partKey(comment.repositoryId, comment.id));
    return c.body(null, 204);
  });
  app.get("/:number{[0-9]+}/comments", (c) => {
    const repository = c.var.repository;
    const { number } = findIssue(github, repository, c.req.param("number"));
    const comments = github.data.comments.list(
      (comment) => comment.repositoryId === repository.id && comment.issueNumber === number,
    );
    const page = paginate(c, comments, github.urls.api(`${repositoryPath(repository)}/issues/${number}/comments`));
    return c.json(
      page.items.map((comment) => commentView(github, repository, comment)),
      200,
      page.headers,
    );
  });
  app.post("/:number{[0-9]+}/comments", async (c) => {
    const repository = c.var.repository;
    const issue = findIssue(github, repository, c.req.param("number"));
    const { body } = await readBody(c, commentBody, CREATE_DOCS);
    checkBodyLength("IssueComment", body);
    if (body === "") {
      const message = "body can't be blank";
      throw validationFailed([{ resource: "IssueComment", code: "custom", field: "body", message }], CREATE_DOCS);
    }
    const now = github.now();
    const id = github.nextId();
    const comment = {
      id,
      author: caller(github.identity, c).login,
      repositoryId: repository.id,
      issueNumber: issue.number,
      body,
      createdAt: now,
      updatedAt: now,
    };
    github.data.comments.put(partKey(repository.id, id), comment);
    return c.json(commentView(github, repository, comment), 201);
  });
  return app;
}
