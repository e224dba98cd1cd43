/** The chain's outputs, as other teams use them: each program of examples/ on a chain that is up. */
import assert from "node:assert/strict";
import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { ensureEngine } from "../../cli/engine/index.ts";
import { silentProgress } from "../../cli/progress.ts";
import { outputsSchema } from "../../contract/schema.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { pulumiCaptured } from "../../sandbox/pulumi.ts";
import { deliverySucceeds } from "./support/delivery.ts";
import { languageHost, pythonHost } from "./support/language-hosts/hosts.ts";
import { missingForPython, virtualEnvironment } from "./support/python.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const STACK = "organization/delivery/sandbox";

describe("outputs for other teams", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let folder: string;
  let expected: { target: string; label: string };

  before(async () => {
    chain = await openScriptedChain();
    folder = dirname(chain.projectDir);
    await chain.succeed("up", "--yes", "--skip-preview");
    const { site, image, environment } = outputsSchema.parse(
      JSON.parse(await chain.succeed("stack", "output", "--json")),
    );
    expected = { target: site?.url ?? "", label: `${environment}: ${image?.tag}` };
  });
  after(async () => {
    await chain?.close();
  });

  /** Copies an example and runs `pulumi` in it, on a stack of its own. */
  const consumer = async (example: string, environment: Record<string, string> = {}) => {
    const cwd = join(folder, example);
    await cp(join(projectRoot, "examples", example), cwd, { recursive: true });
    const { PULUMI_OPTION_CONFIG_FILE: _, ...env } = chain.home.env;
    const home = { ...chain.home, env: { ...env, ...environment } };
    const pulumi = async (...args: string[]) => pulumiCaptured(home, args, cwd);
    const stack = example.replace("consumer-", "");
    for (const args of [
      ["stack", "init", stack],
      ["config", "set", "deliveryStack", STACK],
    ]) {
      const { code, stderr } = await pulumi(...args);
      assert.equal(code, 0, stderr);
    }
    const up = async (): Promise<unknown> => {
      const { code, stdout, stderr } = await pulumi("up", "--yes", "--skip-preview");
      assert.equal(code, 0, stdout + stderr);
      return JSON.parse((await pulumi("stack", "output", "--json")).stdout);
    };
    return { cwd, pulumi, up };
  };

  /** Puts the package where npm puts it, with the files that npm takes from a git tag. */
  const installPackage = async (cwd: string): Promise<void> => {
    const modules = join(cwd, "node_modules");
    await mkdir(join(modules, "delivery"), { recursive: true });
    const { stdout } = await execa("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
      cwd: projectRoot,
    });
    const tarball = join(folder, stdout.trim());
    await execa("tar", [
      "--extract",
      "--file",
      tarball,
      "--strip-components=1",
      "--directory",
      join(modules, "delivery"),
    ]);
    const shared = join(projectRoot, "node_modules");
    for (const name of await readdir(shared))
      if (name !== "delivery" && !name.startsWith(".")) await symlink(join(shared, name), join(modules, name));
  };

  it("reach a program in TypeScript through the package, typed and checked", async () => {
    const { cwd, pulumi, up } = await consumer("consumer-typescript");
    await installPackage(cwd);
    assert.deepEqual(await up(), expected);
    // Its own stack is no delivery chain's.
    await pulumi("config", "set", "deliveryStack", "organization/status-page/typescript");
    const { code, stdout, stderr } = await pulumi("preview");
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /status-page\/typescript has no outputs of a delivery chain/);
    assert.doesNotMatch(stdout + stderr, /\n\s+at /);
  });

  it("reach a program in Python through a StackReference", async function () {
    const engine = await ensureEngine({ progress: silentProgress });
    const missing = await missingForPython(engine);
    if (missing !== undefined) {
      console.log(`      left out: ${missing}`);
      this.skip();
    }
    const environment = join(folder, "venv");
    const requirements = join(projectRoot, "examples/consumer-python/requirements.txt");
    const python = await virtualEnvironment(environment, requirements);
    const host = await languageHost(pythonHost, engine);
    const { up } = await consumer("consumer-python", {
      ...python,
      PATH: [join(environment, "bin"), host, chain.home.env["PATH"]].join(delimiter),
      // By this the engine would not look for the host on the PATH.
      PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
    });
    assert.deepEqual(await up(), { contractVersion: 1, ...expected });
  });

  it("reach plain Python through outputs.json", async () => {
    const file = join(folder, "outputs.json");
    await deliverySucceeds(chain, ["outputs", "--file", file]);
    const { stdout } = await execa("python3", [join(projectRoot, "examples/outputs-json/watch.py"), file]);
    assert.equal(stdout, `${expected.target} ${expected.label}`);
  });
});
