/** What the program's guard is for, with the real engine: an early end must not plan to delete what is up. */
import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RunResult } from "../../cli/child-process.ts";
import { engineEnvironment, ensureEngine } from "../../cli/engine/index.ts";
import { silentProgress } from "../../cli/progress.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { pulumiCaptured } from "../../sandbox/pulumi.ts";

const PROGRAM = `import "../lib/must-finish.ts";
import * as pulumi from "@pulumi/pulumi";
import { finished } from "../lib/must-finish.ts";

new pulumi.ComponentResource("test:index:Thing", "thing");
if (process.env.END === "early") await new Promise(() => {});
if (process.env.END === "error") throw new pulumi.RunError("an error of its own");
export default { thing: "is up" };
finished();
`;

describe("program guard, end to end", function () {
  this.timeout(900_000);
  let folder: string;
  let pulumi: (args: readonly string[], end?: string) => Promise<RunResult>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-guard-"));
    await mkdir(join(folder, "stacks"));
    await mkdir(join(folder, "lib"));
    await mkdir(join(folder, "backend"));
    await writeFile(
      join(folder, "Pulumi.yaml"),
      "name: guard\nmain: stacks/index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n",
    );
    await writeFile(join(folder, "package.json"), '{ "name": "guard", "type": "module" }\n');
    await writeFile(join(folder, "stacks/index.ts"), PROGRAM);
    await copyFile(join(projectRoot, "lib/must-finish.ts"), join(folder, "lib/must-finish.ts"));
    await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
    const engine = await ensureEngine({ progress: silentProgress });
    const env = engineEnvironment(engine, {
      ...process.env,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "backend")).href,
      PULUMI_CONFIG_PASSPHRASE: "guard",
    });
    pulumi = (args, end = "") => pulumiCaptured({ engine, projectDir: folder, env: { ...env, END: end } }, args);
    const made = await pulumi(["stack", "init", "guard"]);
    assert.equal(made.code, 0, made.stderr);
    const up = await pulumi(["up", "--yes", "--skip-preview"]);
    assert.equal(up.code, 0, up.stdout);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("fails a preview that ends early, and plans to delete nothing", async () => {
    const { code, stdout } = await pulumi(["preview"], "early");
    assert.notEqual(code, 0, stdout);
    assert.match(stdout, /waits for a promise that never settles/);
    assert.doesNotMatch(stdout, /to delete/);
  });

  it("deletes nothing in an up that ends early", async () => {
    assert.notEqual((await pulumi(["up", "--yes", "--skip-preview"], "early")).code, 0);
    const { stdout } = await pulumi(["stack", "export"]);
    assert.match(stdout, /test:index:Thing/);
  });

  it("adds nothing to an error of the program's own", async () => {
    const { code, stdout } = await pulumi(["preview"], "error");
    assert.notEqual(code, 0);
    assert.match(stdout, /an error of its own/);
    assert.doesNotMatch(stdout, /never settles|exit code/);
  });
});
