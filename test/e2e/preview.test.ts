/** `delivery preview` and `delivery up` on a pull request, from the first push to the merge. The steps build on each other. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../../sandbox/paths.ts";
import { runDelivery } from "./support/delivery.ts";
import { openPullRequest, type PullRequest } from "./support/pull-request.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const SECRET = "correct-horse-battery-staple";
/** Markdown, HTML, a terminal's escapes and a mention, in a value that the report shows. */
const HOSTILE = "**b** <script>x</script> <img src=x> | `t` @acme/all --> ``` \u202egnp";
/** Control characters other than the ends of lines, and the mark that turns the reading direction. */
const ESCAPES = /[^\P{Cc}\n\t]|\u202e/u;

describe("delivery preview and up, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let pullRequest: PullRequest;
  /** What the first preview says on the terminal. */
  let printed = "";

  before(async () => {
    chain = await openScriptedChain();
    pullRequest = await openPullRequest(chain.services);
    await pullRequest.call("POST", "issues/1/comments", { body: "Looks good to me." }, "colleague");
    await set("secretVariables.API_KEY", SECRET, "--secret");
    await set("repository.description", HOSTILE);
  });
  after(async () => {
    await chain?.close();
  });

  const set = (key: string, value: string, kind = "--plaintext"): Promise<string> =>
    chain.succeed("config", "set", "--path", `delivery:${key}`, value, kind);
  const delivery = (...args: string[]) => runDelivery(chain, args, pullRequest.job);
  const file = (name: string): Promise<string> => readFile(join(chain.projectDir, name), "utf8");
  const bodies = async (): Promise<string[]> => (await pullRequest.comments()).map(({ body }) => body);
  const status = async (commit = pullRequest.job["CIRCLE_SHA1"] ?? "") => {
    const found = (await pullRequest.statuses(commit))["delivery/sandbox"];
    assert.ok(found, "the commit has no status of the stack");
    return found;
  };

  it("previews a new stack: a comment, a label, a status, files and exit code 2", async () => {
    const { code, stdout, stderr } = await delivery(
      ...["preview", "--publish", "--save-plan", "plan.json"],
      ...["--html", "reports/preview.html", "--markdown", "reports/preview.md"],
    );
    assert.equal(code, 2, stderr);
    printed = stdout + stderr;
    const [colleagues, own, ...others] = await bodies();
    assert.deepEqual([colleagues, others], ["Looks good to me.", []]);
    for (const text of [stdout, own ?? "", await file("reports/preview.md"), await file("reports/preview.html")])
      assert.match(text, /17 changes: creates/);
    assert.deepEqual(await pullRequest.labels(), ["changes"]);
    const { state, target_url } = await status();
    assert.deepEqual([state, target_url], ["success", pullRequest.job["CIRCLE_BUILD_URL"]]);
  });

  it("shows no secret anywhere, and lets a hostile value break nothing", async () => {
    const [, own = ""] = await bodies();
    const html = await file("reports/preview.html");
    const texts = [printed, own, html, await file("reports/preview.md")];
    for (const text of [...texts, await file("plan.json")]) assert.ok(!text.includes(SECRET), "a secret is shown");
    for (const text of texts) assert.doesNotMatch(text, ESCAPES);
    for (const text of texts.slice(1)) assert.doesNotMatch(text, /<script>x|<img src=x/);
  });

  it("applies the plan that was saved, and previews no changes then, in the same comment", async () => {
    const [, before] = await pullRequest.comments();
    const { code, stdout, stderr } = await delivery("up", "--plan", "plan.json", "--yes");
    assert.equal(code, 0, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, ESCAPES);
    const { code: next } = await delivery("preview", "--publish", "--no-policy");
    assert.equal(next, 0);
    const comments = await pullRequest.comments();
    assert.deepEqual([comments.length, comments[1]?.id], [2, before?.id]);
    assert.match(comments[1]?.body ?? "", /No changes/);
    assert.deepEqual(await pullRequest.labels(), ["no changes"]);
  });

  it("puts back what was edited at a service by a plan for which the services were read, and only then", async () => {
    const repository = "/api/v3/repos/acme/site";
    const edit = () => chain.call("github", "PATCH", repository, { description: "By hand" });
    const isEdited = async (): Promise<boolean> =>
      (await chain.call("github", "GET", repository)).description === "By hand";
    await edit();
    const preview = await delivery("preview", "--refresh", "--no-policy", "--save-plan", "edited.json");
    assert.equal(preview.code, 2, preview.stdout + preview.stderr);
    const { code, stdout, stderr } = await delivery("up", "--plan", "edited.json", "--yes", "--no-policy");
    assert.equal(code, 0, stdout + stderr);
    assert.equal(await isEdited(), false);
    await edit();
    assert.equal((await delivery("up", "--yes", "--no-policy")).code, 0);
    assert.equal(await isEdited(), true);
    assert.equal((await delivery("up", "--refresh", "--yes", "--no-policy")).code, 0);
    assert.equal(await isEdited(), false);
    assert.match((await readdir(join(chain.projectDir, ".delivery/state/sandbox"))).join(), /\.json/);
  });

  it("publishes nothing from a fork, where the report is the exit code", async () => {
    const before = await bodies();
    await set("repository.description", "Reviewed");
    const fork = { ...pullRequest.job, CIRCLE_PR_USERNAME: "stranger" };
    const { code, stderr } = await runDelivery(
      chain,
      ["preview", "--publish", "--no-policy", "--save-plan", "plan.json"],
      fork,
    );
    assert.equal(code, 2);
    assert.match(stderr, /^Not published: a fork's pull request gets no token/m);
    assert.deepEqual(await bodies(), before);
  });

  it("refuses a plan after the program has changed, before anything is applied", async () => {
    await set("repository.description", "Not reviewed");
    const writes = await chain.console.writes();
    const { code, stdout, stderr } = await delivery("up", "--plan", "plan.json", "--yes", "--no-policy");
    assert.equal(code, 1);
    const said = stdout.replaceAll(/\s+/g, " ");
    assert.match(said, /not what was reviewed: repository \(update, with other values\)\. Nothing of it was applied/);
    assert.match(stderr, /The update failed; its report says why/);
    assert.deepEqual(await chain.console.writes(), writes);
  });

  it("tells a wrong configuration in the comment, in its own words", async () => {
    await set("site.bogus", "true");
    const { code, stdout } = await delivery("preview", "--publish", "--no-policy");
    await chain.succeed("config", "rm", "--path", "delivery:site.bogus");
    assert.equal(code, 1);
    const [, own = ""] = await bodies();
    for (const text of [stdout, own]) {
      assert.match(text, /delivery:site\.bogus/);
      assert.doesNotMatch(text, /\n\s+at .*:\d+:\d+/);
    }
    assert.deepEqual(await pullRequest.labels(), []);
    assert.equal((await status()).state, "failure");
  });

  it("waits for whoever holds the lock, then tells the merged pull request what was done", async () => {
    const lock = await holdLock(chain);
    const refused = await delivery("up", "--yes", "--no-policy");
    assert.equal(refused.code, 1);
    const said = refused.stdout.replaceAll(/\s+/g, " ");
    assert.match(said, /The stack sandbox is locked by ops@laptop \(process 4155, since 2026-/);

    const { sha } = await pullRequest.call("PUT", "pulls/1/merge", {});
    const job = { ...pullRequest.job, CIRCLE_SHA1: sha, CIRCLE_PULL_REQUEST: "" };
    const command = [join(projectRoot, "cli", "delivery.js"), "up", "--yes", "--no-policy", "--publish", "--wait", "3"];
    const env = { ...chain.home.env, ...job };
    const child = spawn(process.execPath, command, { cwd: chain.projectDir, env, stdio: ["ignore", "ignore", "pipe"] });
    const messages: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      messages.push(line);
      if (line.includes("Trying again in")) void rm(lock, { force: true });
    });
    const [code] = await once(child, "close");
    assert.equal(code, 0, messages.join("\n"));
    const [, own = "", ...others] = await bodies();
    assert.deepEqual(others, []);
    assert.match(own, /made: /);
    assert.deepEqual(await pullRequest.labels(), ["changes"]);
    assert.equal((await status(sha)).state, "success");
  });
});

/** Puts a lock into the backend, as another machine's engine does; gives its file. */
async function holdLock({ home }: ScriptedChain): Promise<string> {
  const backend = fileURLToPath(home.env["PULUMI_BACKEND_URL"] ?? "");
  const folder = join(backend, ".pulumi/locks/organization/delivery/sandbox");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "54cd962c-21b1-4f88-8956-8c2c90d0e539.json");
  const holder = { pid: 4155, username: "ops", hostname: "laptop", timestamp: "2026-11-25T01:44:12Z" };
  await writeFile(file, JSON.stringify(holder));
  return file;
}
