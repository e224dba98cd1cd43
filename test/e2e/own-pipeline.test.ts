/** The seal and the sealed preview of `.circleci/config.yml`, step by step as CircleCI runs them. They build on each other. */
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { projectRoot } from "../../sandbox/paths.ts";
import { runsOf } from "./support/own-pipeline.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { openPullRequest, type PullRequest } from "./support/pull-request.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

/** `npx --no delivery` is this checkout's own. */
const PRELUDE = `npx() { shift 2; "$NODE" "$DELIVERY" "$@"; }\n`;

describe("this repository's own pipeline, run", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let pullRequest: PullRequest;
  /** What the job's machine brings, and the job of the pull request knows. */
  let machine: Record<string, string>;
  /** The same with all that the production context has. */
  let production: Record<string, string>;

  before(async () => {
    chain = await openScriptedChain();
    await useOwnStackFile(chain);
    await chain.succeed("config", "set", "--path", "delivery:image.username", "registry-user");
    await chain.succeed("config", "set", "--path", "delivery:image.password", "registry-password", "--secret");
    await chain.succeed("up", "--yes", "--skip-preview");
    pullRequest = await openPullRequest(chain.services);
    const { GITHUB_TOKEN: token = "", ...job } = pullRequest.job;
    const origin = join(chain.projectDir, "..", "origin");
    await mkdir(origin);
    await execa("git", ["init", "--quiet", "--bare", origin]);
    await execa("git", ["init", "--quiet"], { cwd: chain.projectDir });
    await execa("git", ["remote", "add", "origin", origin], { cwd: chain.projectDir });
    const { env, engine } = chain.home;
    machine = {
      ...job,
      PATH: `${engine.binDir}:${env["PATH"]}`,
      HOME: env["HOME"] ?? "",
      PULUMI_HOME: env["PULUMI_HOME"] ?? "",
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NODE: process.execPath,
      DELIVERY: join(projectRoot, "cli", "delivery.js"),
      STACK: "sandbox",
      GITHUB_PUBLISH_TOKEN: token,
      GIT_CONFIG_GLOBAL: "/dev/null",
      // Where the steps reach this repository on GitHub.
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.${pathToFileURL(origin).href}.insteadOf`,
      GIT_CONFIG_VALUE_0: "https://github.com/acme/delivery.git",
    };
    production = { ...env, ...machine };
  });
  after(async () => {
    await chain?.close();
  });

  /** Runs a job's own steps, those with a name; the others install things. Fails as they do. */
  const runJob = async (name: string, env: Record<string, string>): Promise<void> => {
    const steps = runsOf(name).filter((run) => run.name !== run.command);
    assert.notEqual(steps.length, 0);
    for (const { command } of steps)
      await execa("bash", ["-eo", "pipefail", "-c", PRELUDE + command], {
        cwd: chain.projectDir,
        env,
        extendEnv: false,
        stdin: "ignore",
      });
  };
  it("keeps a snapshot on its branch", async () => {
    await runJob("seal", production);
    const { stdout } = await execa("git", ["ls-remote", "origin"], { cwd: chain.projectDir });
    assert.match(stdout, /^[0-9a-f]{40}\trefs\/heads\/sealed$/);
  });

  it("previews a pull request from the snapshot, with nothing but the token that comments", async () => {
    await chain.succeed("config", "set", "--path", "delivery:repository.description", "Changed");
    const before = (await chain.console.traffic()).length;
    await runJob("sealed-preview", machine);
    assert.match(await readFile(join(chain.projectDir, "reports", "preview.html"), "utf8"), /1 change/);
    const [comment, ...others] = await pullRequest.comments();
    assert.deepEqual(others, []);
    assert.match(comment?.body ?? "", /1 change(.|\n)*Changed/);
    assert.deepEqual(await pullRequest.labels(), ["changes"]);
    const calls = (await chain.console.traffic()).slice(before);
    const places = calls.map(
      ({ service, path }) => `${service} ${path.split("/").slice(3, 6).join("/").split("?")[0]}`,
    );
    assert.deepEqual([...new Set(places)].sort(), ["github repos/acme/delivery", "github user"]);
  });
});
