import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { Interruption } from "../../cli/interruption.ts";
import { runCommandLine } from "../../cli/program.ts";
import { type FakeMachine, fakeMachine, writeEngine } from "./engine-fakes.ts";

describe("delivery engine", () => {
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = await fakeMachine();
  });
  afterEach(() => machine.remove());

  const run = async (args: string[], signal = new AbortController().signal) => {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const streams = { stdout, stderr: stderr as unknown as NodeJS.WriteStream };
    const code = await runCommandLine(args, { env: machine.env, signal, ...streams });
    return { code, stdout: stdout.read()?.toString() ?? "", stderr: stderr.read()?.toString() ?? "" };
  };

  it("shows the engine in a line, or as JSON", async () => {
    await writeEngine(machine.bin, "3.280.0");
    const pulumi = join(machine.bin, "pulumi");
    assert.deepEqual(await run(["engine"]), {
      code: 0,
      stdout: `Pulumi 3.280.0, your own, from PATH: ${pulumi}\n`,
      stderr: "",
    });
    const { stdout } = await run(["engine", "--json"]);
    assert.deepEqual(JSON.parse(stdout), { pulumi, binDir: machine.bin, version: "3.280.0", source: "path" });
  });

  it("fails with the next step when there is none and none may be installed", async () => {
    assert.deepEqual(await run(["engine", "--find-only"]), {
      code: 1,
      stdout: "",
      stderr: "There is no Pulumi engine on this machine.\nRun `npx --no delivery engine` to install it.\n",
    });
  });

  it("gives exit code 64 for a wrong command line, 0 for help, which lists the exit codes", async () => {
    const wrong = await run(["engine", "--jsno"]);
    assert.equal(wrong.code, 64);
    assert.match(wrong.stderr, /unknown option '--jsno'/);
    assert.equal((await run(["engin"])).code, 64);
    const help = await run(["engine", "--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /--find-only(.|\n)+Exit codes:\n {2}0 {4}done/);
  });

  it("gives 128 and the signal's number when it is interrupted", async () => {
    await writeEngine(machine.bin, "3.280.0");
    const { code, stderr } = await run(["engine"], AbortSignal.abort(new Interruption("SIGINT")));
    assert.equal(code, 130);
    assert.equal(stderr, "Interrupted by SIGINT.\n");
  });

  it("is started by a script that tells a Node that is too old so, in one sentence", () => {
    const launcher = resolve(import.meta.dirname, "../../cli/delivery.js");
    const pretend = (node: string) =>
      `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${node}"}})`;
    for (const node of ["20.20.2", "22.17.1"]) {
      const old = spawnSync(process.execPath, ["--import", pretend(node), launcher, "--help"], { encoding: "utf8" });
      assert.equal(old.status, 1, node);
      assert.equal(old.stdout, "");
      assert.match(old.stderr, /^delivery needs Node 22\.18 or newer and this is v.+\.\n$/);
    }
    const good = spawnSync(process.execPath, [launcher, "--help"], { encoding: "utf8" });
    assert.equal(good.status, 0, good.stderr);
    assert.match(good.stdout, /^Usage: npx --no delivery /);
  });
});
