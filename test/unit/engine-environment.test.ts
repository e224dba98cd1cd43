import assert from "node:assert/strict";
import { readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { satisfies } from "semver";
import { ENGINE_VERSION, type Engine, engineEnvironment, MINIMUM_ENGINE_VERSION } from "../../cli/engine/index.ts";
import { BUILT_HOST_VERSION } from "../../cli/engine/versions.ts";
import { type FakeMachine, fakeMachine, writeProgram } from "./engine-fakes.ts";

const nodeDir = dirname(process.execPath);

function engineIn(binDir: string, source: Engine["source"]): Engine {
  return { pulumi: join(binDir, "pulumi"), binDir, version: "3.274.1", source };
}

describe("the engine's environment", () => {
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = await fakeMachine();
  });
  afterEach(() => machine.remove());

  it("has the engine first on PATH and keeps the rest", () => {
    const env = engineEnvironment(engineIn("/engine/bin", "path"), { PATH: `${nodeDir}:/usr/bin`, HOME: "/home/a" });
    assert.equal(env["PATH"], `/engine/bin:${nodeDir}:/usr/bin`);
    assert.equal(env["HOME"], "/home/a");
    assert.equal("PULUMI_VERSION" in env, false);
  });

  it("keeps compiled code from run to run, in the user's own folder when there is one", () => {
    const engine = engineIn("/engine/bin", "path");
    const without = engineEnvironment(engine, { PATH: nodeDir });
    assert.equal(without["NODE_COMPILE_CACHE"], join(tmpdir(), "node-compile-cache"));
    const withOwn = engineEnvironment(engine, { PATH: nodeDir, NODE_COMPILE_CACHE: "/own" });
    assert.equal(withOwn["NODE_COMPILE_CACHE"], "/own");
  });

  it("tells the npm package the version of a pinned engine and looks for no newer one", () => {
    for (const source of ["npm", "built"] as const) {
      const env = engineEnvironment(engineIn("/engine/bin", source), { PATH: nodeDir });
      assert.equal(env["PULUMI_VERSION"], "3.274.1");
      assert.equal(env["PULUMI_SKIP_UPDATE_CHECK"], "true");
    }
  });

  it("runs programs on the Node that runs this process, although another lies beside the engine", async () => {
    await writeProgram(join(machine.bin, "node"), "");
    const env = engineEnvironment(engineIn(machine.bin, "path"), { PATH: nodeDir });
    assert.equal(env["PATH"], [nodeDir, machine.bin, nodeDir].join(":"));
  });

  it("knows the running Node through a link", async () => {
    await symlink(process.execPath, join(machine.bin, "node"));
    const env = engineEnvironment(engineIn("/engine/bin", "path"), { PATH: machine.bin });
    assert.equal(env["PATH"], `/engine/bin:${machine.bin}`);
  });

  it("leaves out what is not set", () => {
    const env = engineEnvironment(engineIn("/engine/bin", "path"), { PATH: nodeDir, EMPTY: undefined });
    assert.equal("EMPTY" in env, false);
  });
});

describe("the pinned engine", () => {
  const goMod = (module: string) =>
    readFile(new URL(`../../cli/engine/modules/${module}/go.mod`, import.meta.url), "utf8");

  it("is the version that go.mod pins, and so is its language host", async () => {
    assert.match(await goMod("cli"), new RegExp(`github\\.com/pulumi/pulumi/pkg/v3 v${ENGINE_VERSION}\\b`));
    assert.match(
      await goMod("language-nodejs"),
      new RegExp(`github\\.com/pulumi/pulumi/sdk/v3 v${BUILT_HOST_VERSION}\\b`),
    );
  });

  it("is not older than the minimum, which is the version of the SDK", async () => {
    const { dependencies } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    assert.equal(MINIMUM_ENGINE_VERSION, dependencies["@pulumi/pulumi"]);
    assert.ok(satisfies(ENGINE_VERSION, `>=${MINIMUM_ENGINE_VERSION}`));
  });
});
