import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobSha, commitSha, type Files, treeSha } from "../../sandbox/services/github/git-objects.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("emulated GitHub: git object names", () => {
  let folder: string;
  const git = (args: string[], input: string, env: Record<string, string> = {}): string =>
    execFileSync("git", args, {
      cwd: folder,
      input,
      env: { ...process.env, GIT_DIR: join(folder, ".git"), ...env },
      encoding: "utf8",
    }).trim();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "git-"));
    git(["init", "--quiet"], "");
  });
  after(() => rm(folder, { recursive: true }));

  it("are those that git itself gives", () => {
    const file = git(["hash-object", "-w", "--stdin"], "hello\n");
    assert.equal(blobSha(Buffer.from("hello\n")), file);
    const below = git(["mktree"], `100644 blob ${file}\tdata.txt\n100755 blob ${file}\trun\n`);
    const tree = git(["mktree"], `100644 blob ${file}\ta.txt\n040000 tree ${below}\ta\n100644 blob ${file}\ta0\n`);
    const plain = { sha: file, mode: "100644" } as const;
    const files: Files = { "a.txt": plain, a0: plain, "a/data.txt": plain, "a/run": { sha: file, mode: "100755" } };
    assert.equal(treeSha(files), tree);
    const person = { name: "Ops", email: "ops@example.com", date: "2026-01-02T03:04:05Z" };
    const commit = git(["commit-tree", tree], "First\n", {
      GIT_AUTHOR_NAME: person.name,
      GIT_AUTHOR_EMAIL: person.email,
      GIT_AUTHOR_DATE: person.date,
      GIT_COMMITTER_NAME: person.name,
      GIT_COMMITTER_EMAIL: person.email,
      GIT_COMMITTER_DATE: person.date,
    });
    const content = { tree, parents: [], author: person, committer: person, message: "First\n" };
    assert.equal(commitSha(content), commit);
  });
});

describe("emulated GitHub: contents", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
  });
  afterEach(() => services.close());

  const contents = (method: string, path: string, body?: object) =>
    services.github(method, `/repos/acme/site/contents/${path}`, body);
  const put = (path: string, text: string, more: object = {}) =>
    contents("PUT", path, { message: `Write ${path}`, content: base64(text), ...more });

  it("writes a file as a commit and reads it back", async () => {
    assert.equal((await contents("GET", ".circleci/config.yml?ref=main")).status, 404);
    const written = await put(".circleci/config.yml", "version: 2.1\n", { branch: "main" });
    assert.equal(written.status, 201);
    const read = await contents("GET", ".circleci/config.yml?ref=main");
    assert.equal(Buffer.from(read.body.content, "base64").toString(), "version: 2.1\n");
    assert.equal(read.body.sha, written.body.content.sha);
    assert.match(read.body.url, /\?ref=main$/);
    const commit = await services.github("GET", `/repos/acme/site/commits/${written.body.commit.sha}`);
    assert.equal(commit.body.commit.message, "Write .circleci/config.yml");
    assert.match(commit.body.commit.committer.email, /\+acme-ops@users\.noreply\.github\.com$/);
    assert.deepEqual(
      commit.body.files.map(({ filename, status }: { filename: string; status: string }) => [filename, status]),
      [[".circleci/config.yml", "added"]],
    );
  });

  it("wants the sha of what it replaces", async () => {
    const { sha } = (await put("file", "one")).body.content;
    const missing = await put("file", "two");
    assert.deepEqual([missing.status, missing.body.message], [422, 'Invalid request.\n\n"sha" wasn\'t supplied.']);
    const wrong = await put("file", "two", { sha: "0".repeat(40) });
    assert.equal(wrong.status, 409);
    assert.equal(wrong.body.message, `file does not match ${"0".repeat(40)}`);
    assert.equal((await put("file", "two", { sha })).status, 200);
    assert.equal((await contents("DELETE", "file", { message: "Remove", sha })).status, 409);
    const { body } = await contents("GET", "file");
    assert.equal((await contents("DELETE", "file", { message: "Remove", sha: body.sha })).status, 200);
    assert.equal((await contents("GET", "file")).status, 404);
  });

  it("takes the author and committer that are given", async () => {
    const committer = { name: "Delivery", email: "delivery@example.com" };
    const { commit } = (await put("file", "x", { committer })).body;
    assert.deepEqual([commit.committer.name, commit.author.name], ["Delivery", "Delivery"]);
  });

  it("lists folders, and gives raw content when asked", async () => {
    await put("docs/a.md", "a");
    const root = (await contents("GET", "")).body;
    assert.deepEqual(
      root.map(({ name, type }: { name: string; type: string }) => [name, type]),
      [
        ["README.md", "file"],
        ["docs", "dir"],
      ],
    );
    const raw = await services.github("GET", "/repos/acme/site/contents/docs/a.md", undefined, {
      Accept: "application/vnd.github.raw+json",
    });
    assert.equal(raw.body, "a");
  });

  it("makes the first branch of an empty repository", async () => {
    await services.github("POST", "/orgs/acme/repos", { name: "empty" });
    const empty = (method: string, path: string, body?: object) =>
      services.github(method, `/repos/acme/empty/${path}`, body);
    assert.equal((await empty("GET", "contents/a")).body.message, "This repository is empty.");
    assert.equal((await empty("GET", "commits")).status, 409);
    const first = await empty("PUT", "contents/a", { message: "First", content: base64("a"), branch: "trunk" });
    assert.equal(first.status, 201);
    assert.deepEqual(first.body.commit.parents, []);
    assert.equal((await services.github("GET", "/repos/acme/empty")).body.default_branch, "trunk");
  });

  it("refuses a branch that is not there, bad Base64 and bad paths", async () => {
    const lost = await put("file", "x", { branch: "lost" });
    assert.deepEqual([lost.status, lost.body.message], [404, "Branch lost not found"]);
    assert.equal((await contents("PUT", "file", { message: "x", content: "%%%" })).status, 422);
    assert.equal((await contents("PUT", "a//b", { message: "x", content: "" })).status, 422);
    assert.match((await contents("PUT", "file", { content: "" })).body.message, /"message" wasn't supplied/);
  });

  it("reports statuses of a commit, the newest of each context", async () => {
    const { sha } = (await put("file", "x")).body.commit;
    const status = (context: string, state: string) =>
      services.github("POST", `/repos/acme/site/statuses/${sha}`, { context, state });
    await status("ci/build", "pending");
    await status("ci/build", "success");
    assert.equal((await services.github("GET", "/repos/acme/site/commits/main/status")).body.state, "success");
    await status("ci/test", "failure");
    const combined = (await services.github("GET", `/repos/acme/site/commits/${sha}/status`)).body;
    assert.deepEqual([combined.state, combined.total_count], ["failure", 2]);
    assert.equal((await services.github("GET", `/repos/acme/site/commits/${sha}/statuses`)).body.length, 3);
  });
});
