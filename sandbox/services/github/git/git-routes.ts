/**
 * The addresses that git clients talk to, `/{owner}/{name}.git` ("Git pack protocol": smart HTTP). Git's own programs
 * answer; who may do what is decided here.
 */
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { tokenHolder } from "../edge.ts";
import type { Github } from "../github.ts";
import type { Account } from "../identity.ts";
import { isRepositoryWriteAllowed } from "../limits.ts";
import type { Repository } from "../repository.ts";
import { findRenamedRepository, findRepository } from "../repository-search.ts";
import { brokenRules } from "../rule-enforcement.ts";
import { writeBareRepository } from "./bare-repository.ts";
import { httpBackend } from "./http-backend.ts";
import { type Judge, pushedReferences, withRefusals } from "./pre-receive.ts";
import { takeOver } from "./received.ts";
import { gitProblem } from "./run.ts";

/** Anyone who reads a public repository. */
const ANYONE = "";
const HIDDEN = /^refs\/(?!heads\/|tags\/)/;

/** The routes, on bare repositories in the folder. */
export function gitRoutes(github: Github, folder: () => Promise<string>): Hono {
  const app = new Hono();
  const oneAtATime = queues();
  const answer = async (c: Context, path: string, service: string | undefined): Promise<Response> => {
    const found = await admit(c, github, service === "git-receive-pack");
    if (found instanceof Response) return found;
    const { repository, user } = found;
    const problem = await gitProblem();
    if (problem) return c.text(`${problem}\n`, 503);
    const body = new Uint8Array(await c.req.arrayBuffer());
    const bare = join(await folder(), `${repository.id}.git`);
    const query = new URL(c.req.url).search.slice(1);
    const { method } = c.req;
    const headers = c.req.raw.headers;
    const request = { folder: bare, path, method, query, headers, body, user: user?.login ?? ANYONE };
    return oneAtATime(repository.id, async () => {
      const before = await writeBareRepository(github, repository, bare);
      if (path !== "git-receive-pack") return httpBackend(request);
      const references = pushedReferences(body, headers.get("content-encoding") ?? undefined);
      const response = await withRefusals(references, judge(github, repository, user), (env) =>
        httpBackend({ ...request, env }),
      );
      for (const moved of await takeOver(github, repository, bare, before)) github.pushed(repository, moved);
      return response;
    });
  };
  app.get("/:owner/:name/info/refs", (c) => {
    const service = c.req.query("service");
    if (service !== "git-upload-pack" && service !== "git-receive-pack")
      return c.text("Please upgrade your git client.\nGitHub.com no longer supports git over dumb-http.\n", 403);
    return answer(c, "info/refs", service);
  });
  for (const service of ["git-upload-pack", "git-receive-pack"])
    app.post(`/:owner/:name/${service}`, (c) => answer(c, service, service));
  return app;
}

/**
 * The repository, and who asks. An answer in their place is the refusal: 401 asks a client for its password, of which
 * GitHub takes a token only; what a token may not see is not found.
 */
async function admit(
  c: Context,
  github: Github,
  isPush: boolean,
): Promise<Response | { readonly repository: Repository; readonly user: Account | undefined }> {
  const owner = c.req.param("owner") ?? "";
  const name = (c.req.param("name") ?? "").replace(/\.git$/, "");
  const repository = findRepository(github, owner, name);
  const header = c.req.header("Authorization");
  const user = header === undefined ? undefined : tokenHolder(github.identity, header);
  const isOpen = repository?.settings.visibility === "public" && !isPush;
  if (header === undefined && !isOpen) return ask(c, "Repository not found.");
  if (header !== undefined && !user)
    return ask(c, "Invalid username or token. Password authentication is not supported for Git operations.");
  if (!repository) {
    const renamed = findRenamedRepository(github, owner, name);
    if (!renamed) return c.text("Repository not found.", 404);
    const { pathname, search } = new URL(c.req.url);
    const rest = pathname.split("/").slice(3).join("/");
    return c.redirect(github.urls.html(`/${renamed.owner}/${renamed.name}.git/${rest}${search}`), 301);
  }
  if (isPush && repository.settings.archived) return c.text("This repository was archived so it is read-only.", 403);
  if (isPush && !isRepositoryWriteAllowed(github.limits)) return c.text("Write access to repository not granted.", 403);
  return { repository, user };
}

function ask(c: Context, message: string): Response {
  return c.text(message, 401, { "WWW-Authenticate": 'Basic realm="GitHub"' });
}

/** GitHub's words for a push that rules forbid ("About rulesets"; the error is GH013). */
function judge(github: Github, repository: Repository, by: Account | undefined): Judge {
  return (reference, kind) => {
    if (HIDDEN.test(reference)) return `error: deny updating a hidden ref ${reference}\n`;
    const [, branch] = /^refs\/heads\/(.+)$/.exec(reference) ?? [];
    const broken = branch === undefined ? [] : brokenRules(github, repository, { branch, kind, by });
    if (broken.length === 0) return undefined;
    const rules = github.urls.html(`/${repository.owner}/${repository.name}/rules`);
    return [
      `error: GH013: Repository rule violations found for ${reference}.`,
      `Review all repository rules at ${rules}?ref=${encodeURIComponent(reference)}`,
      "",
      ...broken.flatMap((sentence) => [`- ${sentence}`, ""]),
    ].join("\n");
  };
}

/** Runs what concerns one repository one after the other. */
function queues() {
  const last = new Map<number, Promise<unknown>>();
  return <T>(id: number, work: () => Promise<T>): Promise<T> => {
    const next = (last.get(id) ?? Promise.resolve()).then(work);
    last.set(
      id,
      next.catch(() => undefined),
    );
    return next;
  };
}
