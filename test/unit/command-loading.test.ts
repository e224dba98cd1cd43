/** What the command line loads before it knows what to do: some packages take longer to load than most commands need. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Names every module that is loaded with all commands, with one, and with a client of GitHub that nobody asks anything. */
const PROGRAM = `
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  const { runCommandLine } = await import("./cli/program.ts");
  const nowhere = { write: () => true };
  const context = { env: {}, signal: AbortSignal.timeout(900_000), stdout: nowhere, stderr: nowhere };
  await runCommandLine(["doctor", "--help"], context);
  const one = loaded.filter((url) => url.includes("/cli/commands/"));
  await runCommandLine(["--help"], context);
  const { githubClient } = await import("./cli/services/github.ts");
  const client = githubClient({ GITHUB_TOKEN: "t", GITHUB_BASE_URL: "http://127.0.0.1:1" }, { signal: AbortSignal.timeout(900_000), permission: "" });
  const before = loaded.filter((url) => /octokit|@pulumi\\/pulumi\\//.test(url));
  const all = loaded.filter((url) => url.includes("/cli/commands/"));
  await client.send("POST", "/x").catch(() => undefined);
  console.log(JSON.stringify({ one, all: all.length, before, after: loaded.some((url) => url.includes("@octokit/rest")) }));
`;

describe("the command line, when it starts", function () {
  this.timeout(900_000);
  let loaded: { one: string[]; all: number; before: string[]; after: boolean };

  before(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", PROGRAM]);
    loaded = JSON.parse(stdout);
  });

  it("loads the command that is called, and for its help all", () => {
    assert.deepEqual(
      loaded.one.map((url) => url.split("/").at(-1)),
      ["doctor.ts"],
    );
    assert.ok(loaded.all > 10);
  });

  it("loads GitHub's client with the first request only, and Pulumi's SDK not at all", () => {
    assert.deepEqual(loaded.before, []);
    assert.ok(loaded.after);
  });
});
