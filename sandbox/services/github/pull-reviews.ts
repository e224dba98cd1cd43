/** `/repos/{owner}/{repo}/pulls/{number}/reviews`: what people say to a pull request as a whole. */
import type { Hono } from "hono";
import { z } from "zod";
import { simpleUser } from "./account-view.ts";
import { partKey } from "./data.ts";
import { caller } from "./edge.ts";
import { validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { Review } from "./model.ts";
import { paginate } from "./paging.ts";
import { sidesOf } from "./pull-changes.ts";
import { findPull, type PullRequest } from "./pull-request.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { nodeId } from "./urls.ts";

const DOCS = "pulls/reviews#create-a-review-for-a-pull-request";
const STATES = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;
// Without an event GitHub keeps a review as pending, for its author only; the sandbox asks for one.
const createBody = z.object({
  body: z.string().default(""),
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]),
  commit_id: z.string().optional(),
});

/** Adds the routes. */
export function reviewRoutes(app: Hono<RepositoryEnv>, github: Github): void {
  app.get("/:number{[0-9]+}/reviews", (c) => {
    const repository = c.var.repository;
    const pull = findPull(github, repository, c.req.param("number"));
    const path = `${repositoryPath(repository)}/pulls/${pull.number}/reviews`;
    const page = paginate(c, reviewsOf(github, repository, pull), github.urls.api(path));
    return c.json(
      page.items.map((review) => reviewView(github, repository, review)),
      200,
      page.headers,
    );
  });
  app.post("/:number{[0-9]+}/reviews", async (c) => {
    const repository = c.var.repository;
    const pull = findPull(github, repository, c.req.param("number"));
    const { event, body, commit_id } = await readBody(c, createBody, DOCS);
    const author = caller(github.identity, c).login;
    if (author === pull.author && event !== "COMMENT") {
      const what = event === "APPROVE" ? "approve" : "request changes on";
      throw validationFailed([`Can not ${what} your own pull request`], DOCS);
    }
    const id = github.nextId();
    const review: Review = {
      ...{ id, repositoryId: repository.id, pullNumber: pull.number, author, body, state: STATES[event] },
      sha: commit_id ?? sidesOf(github, repository, pull).head?.sha ?? "",
      createdAt: github.now(),
    };
    return c.json(reviewView(github, repository, github.data.reviews.put(partKey(repository.id, id), review)));
  });
}

/** All reviews of a pull request, oldest first. */
export function reviewsOf(github: Github, repository: Repository, pull: PullRequest): Review[] {
  return github.data.reviews.list(
    ({ repositoryId, pullNumber }) => repositoryId === repository.id && pullNumber === pull.number,
  );
}

/** How many approve the newest commit: the last word of each reviewer counts, and a push outdates it. */
export function approvals(github: Github, repository: Repository, pull: PullRequest): number {
  const head = sidesOf(github, repository, pull).head?.sha;
  const words = reviewsOf(github, repository, pull).filter(({ state }) => state !== "COMMENTED");
  const last = new Map(words.map((review) => [review.author, review]));
  return [...last.values()].filter(({ state, sha }) => state === "APPROVED" && sha === head).length;
}

function reviewView(github: Github, repository: Repository, review: Review) {
  const html = github.urls.html(`/${repository.owner}/${repository.name}/pull/${review.pullNumber}`);
  const pullUrl = github.urls.api(`${repositoryPath(repository)}/pulls/${review.pullNumber}`);
  const htmlUrl = `${html}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: simpleUser(github.identity.find(review.author) ?? github.identity.actor, github.urls),
    body: review.body,
    state: review.state,
    html_url: htmlUrl,
    pull_request_url: pullUrl,
    author_association: "MEMBER",
    _links: { html: { href: htmlUrl }, pull_request: { href: pullUrl } },
    submitted_at: review.createdAt,
    commit_id: review.sha,
  };
}
