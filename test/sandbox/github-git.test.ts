/** The emulated GitHub as git clients see it: what they push the API shows, and what the API writes they fetch. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { colleagueToken } from "../../sandbox/services/github/identity.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";
import { cloneUrl, type GitClient, gitClient } from "./git-client.ts";

const colleague = colleagueToken(defaultAccount);

describe("emulated GitHub: git", function () {
  this.timeout(120_000);
  let services: ServicesUnderTest;
  let bare: string;
  let git: GitClient;
  beforeEach(async () => {
    bare = await mkdtemp(join(tmpdir(), "delivery-bare-"));
    services = await startForTest({ gitFolder: bare });
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true, private: true });
    git = await gitClient();
  });
  afterEach(async () => {
    await git.remove();
    await services.close();
    await rm(bare, { recursive: true, force: true });
  });

  const site = (method: string, path: string, body?: object) =>
    services.github(method, `/repos/acme/site/${path}`, body);
  const url = (token?: string, repository = "acme/site") =>
    cloneUrl(services.running.services.github.baseUrl, repository, token);
  const clone = (token = defaultAccount.tokens.github) => git.run("clone", "--quiet", url(token), ".");
  const put = (path: string, content: string, more: object = {}) =>
    site("PUT", `contents/${path}`, { message: path, content: Buffer.from(content).toString("base64"), ...more });
  const commit = async (file: string, content = file): Promise<string> => {
    await writeFile(join(git.folder, file), content);
    await git.run("add", "--all");
    await git.run("commit", "--quiet", "--message", `Write ${file}`);
    return git.run("rev-parse", "HEAD");
  };
  const protect = (...rules: object[]) =>
    site("POST", "rulesets", {
      name: "main",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
      rules,
    });
  const headOf = async (branch: string): Promise<string | undefined> =>
    (await site("GET", `git/ref/heads/${branch}`)).body.object?.sha;

  it("gives clients what the API has written, under the same names", async () => {
    await put("a/b.txt", "b\n");
    await put("a.txt", "a\n");
    await clone();
    assert.equal(await readFile(join(git.folder, "a/b.txt"), "utf8"), "b\n");
    const { body } = await site("GET", "commits");
    assert.deepEqual(
      (await git.run("log", "--format=%H %T %s")).split("\n"),
      body.map((one: typeof body) => `${one.sha} ${one.commit.tree.sha} ${one.commit.message}`),
    );
    await git.run("fsck", "--strict");
  });

  it("shows in the API what clients have pushed, and goes on from there", async () => {
    await clone();
    await git.run("switch", "--quiet", "--create", "feature/one");
    await symlink("README.md", join(git.folder, "link"));
    await symlink("gone", join(git.folder, "nowhere"));
    await writeFile(join(git.folder, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    const sha = await commit("ä b.txt", "pushed\n");
    await git.run("push", "--quiet", "origin", "feature/one");
    const { body } = await site("GET", "commits/feature/one");
    assert.deepEqual([body.sha, body.commit.message], [sha, "Write ä b.txt"]);
    assert.deepEqual(
      [body.commit.author.name, body.commit.author.email, body.commit.author.date],
      ["Ada", "ada@example.org", "2026-05-06T01:38:09Z"],
    );
    const read = (await site("GET", `contents/${encodeURIComponent("ä b.txt")}?ref=feature/one`)).body;
    assert.equal(Buffer.from(read.content, "base64").toString(), "pushed\n");
    const linked = (await site("GET", "contents/link?ref=feature/one")).body;
    assert.equal(Buffer.from(linked.content, "base64").toString(), "# site\n");
    const { type, target } = (await site("GET", "contents/nowhere?ref=feature/one")).body;
    assert.deepEqual([type, target], ["symlink", "gone"]);
    await put("later.txt", "later\n", { branch: "feature/one" });
    await git.run("pull", "--quiet", "--ff-only", "origin", "feature/one");
    assert.match(await git.run("ls-files", "--stage", "run.sh"), /^100755 /);
    assert.match(await git.run("ls-files", "--stage", "link"), /^120000 /);
    assert.equal(await git.run("rev-parse", "HEAD"), await headOf("feature/one"));
    await git.run("push", "--quiet", "origin", ":feature/one");
    assert.equal(await headOf("feature/one"), undefined);
  });

  it("keeps pushed commits whole when its folder is lost", async () => {
    await clone();
    const sha = await commit("file");
    await git.run("tag", "--annotate", "v1", "--message", "First");
    await git.run("tag", "light");
    await git.run("push", "--quiet", "origin", "main", "v1", "light");
    assert.equal((await site("GET", "commits/v1")).body.sha, sha);
    await rm(bare, { recursive: true });
    const again = await gitClient();
    try {
      await again.run("clone", "--quiet", url(defaultAccount.tokens.github), ".");
      assert.equal(await again.run("rev-parse", "HEAD", "v1^{commit}", "light"), [sha, sha, sha].join("\n"));
      assert.equal(await again.run("rev-parse", "v1"), await git.run("rev-parse", "v1"));
      await again.run("fsck", "--strict");
    } finally {
      await again.remove();
    }
  });

  it("takes the first branch of an empty repository for its default one", async () => {
    await services.github("POST", "/orgs/acme/repos", { name: "empty" });
    await git.run("init", "--quiet", "--initial-branch", "trunk");
    await commit("file");
    await git.run("push", "--quiet", url(defaultAccount.tokens.github, "acme/empty"), "trunk");
    assert.equal((await services.github("GET", "/repos/acme/empty")).body.default_branch, "trunk");
  });

  describe("rules", () => {
    const pullRequest = { type: "pull_request", parameters: { required_approving_review_count: 1 } };
    const complete = {
      ...pullRequest.parameters,
      dismiss_stale_reviews_on_push: true,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_review_thread_resolution: false,
    };

    it("refuse a direct push to the default branch, with all else that is pushed", async () => {
      assert.equal((await protect({ ...pullRequest, parameters: complete })).status, 201);
      await clone(colleague);
      const before = await headOf("main");
      await commit("file");
      await git.run("branch", "other");
      const said = await git.refused("push", "origin", "main", "other");
      assert.match(said, /GH013: Repository rule violations found for refs\/heads\/main\./);
      assert.match(said, /- Changes must be made through a pull request\./);
      assert.match(said, /\[remote rejected\] main -> main/);
      assert.deepEqual([await headOf("main"), await headOf("other")], [before, undefined]);
      await git.run("push", "--quiet", "origin", "other");
      assert.equal(await headOf("other"), await git.run("rev-parse", "HEAD"));
    });

    it("let those pass who may bypass them", async () => {
      await protect({ ...pullRequest, parameters: complete });
      await clone();
      const sha = await commit("file");
      await git.run("push", "--quiet", "origin", "main");
      assert.equal(await headOf("main"), sha);
    });

    it("tell a rewritten branch from one that goes on", async () => {
      await protect({ type: "non_fast_forward" });
      await clone(colleague);
      await commit("file");
      await git.run("push", "--quiet", "origin", "main");
      const pushed = await headOf("main");
      await git.run("commit", "--quiet", "--amend", "--message", "Rewritten");
      assert.match(await git.refused("push", "--force", "origin", "main"), /- Cannot force-push to this branch/);
      assert.equal(await headOf("main"), pushed);
      await git.run("push", "--quiet", "origin", "main:other");
      await git.run("commit", "--quiet", "--amend", "--message", "Rewritten again");
      await git.run("push", "--quiet", "--force", "origin", "main:other");
      assert.equal(await headOf("other"), await git.run("rev-parse", "HEAD"));
    });
  });

  it("asks for a token, and shows without one only what is public", async () => {
    assert.match(await git.refused("clone", url(), "."), /could not read Username/);
    assert.match(await git.refused("clone", url("wrong"), "."), /Authentication failed|Invalid username or token/);
    assert.match(await git.refused("clone", url(colleague, "acme/nothing"), "."), /not found/);
    await services.github("PATCH", "/repos/acme/site", { visibility: "public" });
    await git.run("clone", "--quiet", url(), ".");
    await commit("file");
    assert.match(await git.refused("push", "origin", "main"), /could not read Username/);
    await services.github("PATCH", "/repos/acme/site", { archived: true });
    assert.match(await git.refused("push", url(colleague), "main"), /403/);
  });

  it("follows a repository to its new name", async () => {
    await services.github("PATCH", "/repos/acme/site", { name: "renamed" });
    await clone();
    assert.equal(await readFile(join(git.folder, "README.md"), "utf8"), "# site\n");
  });

  it("records calls without tokens and without packs", async () => {
    await clone();
    const calls = (await services.traffic("github")).filter(({ path }) => path.includes(".git/"));
    assert.deepEqual(
      calls.map(({ method, path, status }) => `${method} ${path} ${status}`),
      [
        "GET /acme/site.git/info/refs?service=git-upload-pack 401",
        "GET /acme/site.git/info/refs?service=git-upload-pack 200",
        "POST /acme/site.git/git-upload-pack 200",
        "POST /acme/site.git/git-upload-pack 200",
      ],
    );
    const text = JSON.stringify(calls);
    const basic = Buffer.from(`x-access-token:${defaultAccount.tokens.github}`).toString("base64");
    for (const secret of [defaultAccount.tokens.github, basic]) assert.ok(!text.includes(secret));
  });
});
