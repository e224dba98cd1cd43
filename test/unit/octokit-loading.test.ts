/** What the command line loads before it knows what to do: GitHub's client takes longer than most commands need. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Names every module that is loaded with the command line, and with a client of GitHub that nobody asks anything. */
const PROGRAM = `
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  await import("./cli/program.ts");
  const { githubClient } = await import("./cli/services/github.ts");
  const client = githubClient({ GITHUB_TOKEN: "t", GITHUB_BASE_URL: "http://127.0.0.1:1" }, { signal: AbortSignal.timeout(900_000), permission: "" });
  const before = loaded.filter((url) => url.includes("octokit"));
  await client.send("POST", "/x").catch(() => undefined);
  console.log(JSON.stringify({ before, after: loaded.some((url) => url.includes("@octokit/rest")), modules: loaded.length }));
`;

describe("the command line, when it starts", () => {
  it("loads GitHub's client with the first request only", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", PROGRAM]);
    const { before, after, modules } = JSON.parse(stdout) as { before: string[]; after: boolean; modules: number };
    assert.ok(modules > 100, "the hook sees what is loaded");
    assert.deepEqual(before, []);
    assert.ok(after);
  });
});
