import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ensureEngineFrom } from "../../cli/engine/ensure.ts";
import { type FakeMachine, fakeMachine, recordedProgress, writeGo } from "./engine-fakes.ts";
import { fileWritten, processEnded, waitFor } from "./engine-processes.ts";

/** A build that starts a process of its own, writes both ids, and goes on once the file `go-on` is there. */
function blockingBuild(machine: FakeMachine): string {
  const pids = JSON.stringify(join(machine.root, "pids"));
  return `
    const { spawn } = require("node:child_process");
    const compiler = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    fs.writeFileSync(${pids}, process.pid + " " + compiler.pid + "\\n");
    while (!fs.existsSync(${JSON.stringify(join(machine.root, "go-on"))})) await new Promise((r) => setTimeout(r, 20));
    compiler.kill();`;
}

describe("installing the engine from several processes", () => {
  let machine: FakeMachine;
  let started: ChildProcess[];
  const versions = () => join(machine.cache, "..", "..");
  const buildPids = async () => (await fileWritten(join(machine.root, "pids"))).trim().split(" ").map(Number);

  const startProcess = () => {
    const script = join(import.meta.dirname, "engine-ensure-process.ts");
    const request = JSON.stringify({ sources: machine.sources, env: machine.env });
    const child = spawn(process.execPath, [script, request], { stdio: ["ignore", "pipe", "pipe"] });
    started.push(child);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output.stderr += chunk;
    });
    return { child, output, closed: once(child, "close") };
  };

  beforeEach(async () => {
    machine = await fakeMachine();
    started = [];
  });
  afterEach(async () => {
    for (const child of started) child.kill("SIGKILL");
    await writeFile(join(machine.root, "go-on"), "");
    await machine.remove();
  });

  it("builds once; the second process says that it waits and takes the result", async () => {
    await writeGo(machine, { onBuild: blockingBuild(machine) });
    const first = startProcess();
    await buildPids();
    const second = startProcess();
    await waitFor("the second process to wait", async () =>
      second.output.stderr.includes("Waiting for another process that installs the Pulumi engine") ? true : undefined,
    );
    await writeFile(join(machine.root, "go-on"), "");
    await Promise.all([first.closed, second.closed]);
    assert.equal(JSON.parse(first.output.stdout).source, "built");
    assert.equal(second.output.stdout, first.output.stdout);
    const calls = (await readFile(join(machine.root, "go.log"), "utf8")).trim().split("\n");
    assert.equal(calls.filter((call) => call === "build").length, 2, "one build for each of the two executables");
    assert.deepEqual(await readdir(versions()), ["3.274.1"]);
  });

  it("takes over the lock of a process that died", async () => {
    const lock = join(versions(), ".3.274.1.lock");
    await mkdir(lock, { recursive: true });
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(lock, minuteAgo, minuteAgo);
    await writeGo(machine);
    const progress = recordedProgress();
    const engine = await ensureEngineFrom(machine.sources, { progress, env: machine.env });
    assert.equal(engine.source, "built");
    assert.ok(progress.titles.every((title) => !title.startsWith("Waiting")));
  });

  it("stops waiting when aborted, and leaves the owner alone", async () => {
    await mkdir(join(versions(), ".3.274.1.lock"), { recursive: true });
    const abort = new AbortController();
    const reason = new Error("enough");
    const progress = recordedProgress();
    const request = { progress, env: machine.env, signal: abort.signal };
    const waiting = ensureEngineFrom(machine.sources, request);
    await waitFor("the wait to start", async () => progress.titles.find((title) => title.startsWith("Waiting")));
    abort.abort(reason);
    await assert.rejects(waiting, reason);
    assert.deepEqual(await readdir(versions()), [".3.274.1.lock"]);
  });

  it("ends the build and what the build started when aborted, and leaves nothing half installed", async () => {
    await writeGo(machine, { onBuild: blockingBuild(machine) });
    const abort = new AbortController();
    const request = { progress: recordedProgress(), env: machine.env, signal: abort.signal };
    const building = ensureEngineFrom(machine.sources, request);
    const pids = await buildPids();
    const reason = new Error("enough");
    abort.abort(reason);
    await assert.rejects(building, reason);
    await Promise.all(pids.map(processEnded));
    assert.deepEqual(await readdir(versions()), []);
  });

  it("ends the build when its process is ended by a signal", async () => {
    await writeGo(machine, { onBuild: blockingBuild(machine) });
    const { child, closed } = startProcess();
    const pids = await buildPids();
    child.kill("SIGTERM");
    assert.deepEqual(await closed, [null, "SIGTERM"]);
    await Promise.all(pids.map(processEnded));
  });
});
