/** `/repos/{owner}/{repo}/contents/{path}`: read, write and delete files, each write a commit. */
import { posix } from "node:path";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { gitCommitView } from "./commit-view.ts";
import { contentsView, type Entry, entryAt, entryView } from "./contents-view.ts";
import { conflict, invalidRequest, notFound, unprocessable } from "./errors.ts";
import type { Files, TreeFile } from "./git-objects.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import {
  adoptFirstBranch,
  findBranch,
  findCommit,
  listBranches,
  readBlob,
  resolveCommit,
  setBranch,
  writeBlob,
  writeCommit,
} from "./history.ts";
import { readBody } from "./input.ts";
import type { Commit } from "./model.ts";
import type { Repository } from "./repository.ts";
import { ruleViolations } from "./rule-enforcement.ts";

const READ_DOCS = "repos/contents#get-repository-content";
const WRITE_DOCS = "repos/contents#create-or-update-file-contents";
const DELETE_DOCS = "repos/contents#delete-a-file";

const person = z
  .object({ name: z.string(), email: z.string(), date: z.iso.datetime({ offset: true }).optional() })
  .transform(({ date, ...rest }) => (date === undefined ? rest : { ...rest, date }));
const change = z.object({
  message: z.string(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  committer: person.optional(),
  author: person.optional(),
});
const writeBody = change.extend({ content: z.string() });

type Change = z.output<typeof change>;

/** The routes. */
export function contentsRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => read(c, github, ""));
  app.get("/:path{.*}", (c) => read(c, github, c.req.param("path")));

  app.put("/:path{.+}", async (c) => {
    const repository = c.var.repository;
    const path = checkedPath(c.req.param("path"));
    const body = await readBody(c, writeBody, WRITE_DOCS);
    const content = decodeContent(body.content);
    const { commit, branch, replaced } = github.transaction(() => {
      const file: TreeFile = { sha: writeBlob(github, repository, content), mode: "100644" };
      return commitChange(github, repository, path, body, WRITE_DOCS, file);
    });
    const written = entryAt(commit, path);
    return c.json(
      {
        content: written && entryView(github, repository, branch, path, written),
        commit: gitCommitView(github, repository, commit),
      },
      replaced ? 200 : 201,
    );
  });

  app.delete("/:path{.+}", async (c) => {
    const repository = c.var.repository;
    const path = checkedPath(c.req.param("path"));
    const body = await readBody(c, change, DELETE_DOCS);
    const { commit } = github.transaction(() => commitChange(github, repository, path, body, DELETE_DOCS, undefined));
    return c.json({ content: null, commit: gitCommitView(github, repository, commit) });
  });
  return app;
}

function read(c: Context<RepositoryEnv>, github: Github, path: string) {
  const repository = c.var.repository;
  if (listBranches(github, repository).length === 0) throw notFound(READ_DOCS, "This repository is empty.");
  const ref = c.req.query("ref") || repository.defaultBranch;
  const commit = resolveCommit(github, repository, ref);
  if (!commit) throw notFound(READ_DOCS, `No commit found for the ref ${ref}`);
  const entry = followed(github, repository, commit, path.replace(/\/$/, ""));
  if (!entry) throw notFound(READ_DOCS);
  if ("file" in entry && entry.file.mode !== "160000" && /\braw\b/.test(c.req.header("Accept") ?? "")) {
    return c.body(new Uint8Array(readBlob(github, repository, entry.file.sha)), 200, {
      "Content-Type": "application/vnd.github.raw+json; charset=utf-8",
    });
  }
  return c.json(contentsView(github, repository, ref, path.replace(/\/$/, ""), entry));
}

/** What stands at a path: of a symbolic link to a file of the repository that file ("Get repository content"). */
function followed(github: Github, repository: Repository, commit: Commit, path: string): Entry | undefined {
  const entry = entryAt(commit, path);
  if (!entry || !("file" in entry) || entry.file.mode !== "120000") return entry;
  const target = readBlob(github, repository, entry.file.sha).toString();
  const found = commit.files[posix.join(posix.dirname(path), target)];
  return found && found.mode !== "120000" && found.mode !== "160000" ? { file: found } : entry;
}

/** Commits one file's new content, or its removal, after every check that GitHub makes. */
function commitChange(
  github: Github,
  repository: Repository,
  path: string,
  request: Change,
  docs: string,
  file: TreeFile | undefined,
): { commit: Commit; branch: string; replaced: boolean } {
  const branch = request.branch?.replace(/^refs\/heads\//, "") ?? repository.defaultBranch;
  const head = headOf(github, repository, branch, docs);
  const current = head?.files[path];
  if (!file && !current) throw notFound(docs);
  if (current && request.sha === undefined) throw invalidRequest([`"sha" wasn't supplied.`], docs);
  if (request.sha !== undefined && request.sha !== (current?.sha ?? "")) {
    throw conflict(`${path} does not match ${request.sha}`, docs);
  }
  const violations = ruleViolations(github, repository, { branch, kind: head ? "update" : "create" });
  if (violations) throw conflict(violations, docs);
  const commit = writeCommit(github, repository, {
    parents: head ? [head.sha] : [],
    files: withFile(head?.files ?? {}, path, file),
    message: request.message,
    author: request.author,
    committer: request.committer,
  });
  setBranch(github, repository, branch, commit.sha);
  if (!head) adoptFirstBranch(github, repository, branch);
  return { commit, branch, replaced: current !== undefined };
}

/** The branch's newest commit; nothing in an empty repository, whose first commit makes the branch. */
function headOf(github: Github, repository: Repository, branch: string, docs: string): Commit | undefined {
  const found = findBranch(github, repository, branch);
  if (found) return findCommit(github, repository, found.sha);
  if (listBranches(github, repository).length > 0) throw notFound(docs, `Branch ${branch} not found`);
  return undefined;
}

function withFile(files: Files, path: string, file: TreeFile | undefined): Files {
  const { [path]: _before, ...others } = files;
  return file ? { ...others, [path]: file } : others;
}

function decodeContent(content: string): Buffer {
  const compact = content.replace(/\s/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw unprocessable("content is not valid Base64", WRITE_DOCS);
  }
  return Buffer.from(compact, "base64");
}

function checkedPath(path: string): string {
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === ".." || segment === ".git")) {
    throw unprocessable("path contains a malformed path component", WRITE_DOCS);
  }
  return path;
}
