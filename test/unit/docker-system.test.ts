import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cleanup } from "../../sandbox/docker/system/cleanup.ts";
import { CommandFailure, call } from "../../sandbox/docker/system/command.ts";
import { exists } from "../../sandbox/docker/system/exists.ts";
import { hostTool } from "../../sandbox/docker/system/host.ts";
import { madeOnce } from "../../sandbox/docker/system/made-once.ts";
import { claimFolder } from "../../sandbox/docker/system/owner.ts";
import { isRunning, processesMentioning, startTime } from "../../sandbox/docker/system/processes.ts";

describe("what the container world is built on", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-system-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe("a call of a tool", () => {
    const sh = (script: string, options = {}) => call(hostTool("sh"), ["-c", script], options);

    it("gives both outputs and every line as it comes", async () => {
      const lines: string[] = [];
      const result = await sh("echo out; echo err >&2", { onLine: (line: string) => lines.push(line) });
      assert.equal(result.stdout, "out");
      assert.deepEqual(lines.sort(), ["err", "out"]);
    });

    it("fails with the exit code and the last lines", async () => {
      await assert.rejects(sh("echo reason >&2; exit 3"), (error) => {
        assert.ok(error instanceof CommandFailure);
        assert.equal(error.exitCode, 3);
        assert.equal(error.message, "sh -c failed with exit code 3.\n  reason");
        return true;
      });
    });

    it("says when the program is not installed", async () => {
      await assert.rejects(call(hostTool("no-such-tool"), ["x"]), /no-such-tool x: the program is not installed/);
    });

    it("ends with its signal", async () => {
      const controller = new AbortController();
      const onLine = (): void => controller.abort(new Error("enough"));
      await assert.rejects(sh("echo ready; exec sleep 600", { signal: controller.signal, onLine }), /enough/);
    });
  });

  describe("cleanup", () => {
    it("runs in reverse, once, to the end, and gives the first failure", async () => {
      const order: string[] = [];
      const cleanup = new Cleanup();
      cleanup.add(async () => void order.push("first"));
      cleanup.add(async () => Promise.reject(new Error("broken step")));
      cleanup.add(async () => void order.push("last"));
      await assert.rejects(cleanup.run(), /broken step/);
      await cleanup.run();
      assert.deepEqual(order, ["last", "first"]);
    });
  });

  describe("a folder's owner", () => {
    let sleeper: ChildProcess;
    beforeEach(() => {
      sleeper = spawn("sleep", ["600"], { stdio: "ignore" });
    });
    afterEach(() => void sleeper.kill("SIGKILL"));

    const claimBy = async (pid: number, time: string | undefined): Promise<void> => {
      await writeFile(join(folder, "owner.json"), JSON.stringify({ pid, startTime: time }));
    };

    it("is the only one while it lives", async () => {
      const pid = sleeper.pid ?? 0;
      await claimBy(pid, await startTime(pid));
      await assert.rejects(
        claimFolder(folder),
        new RegExp(`${folder} is in use by process ${pid}\\. End that sandbox`),
      );
    });

    it("is replaced when it is gone, or when its process id names another process", async () => {
      await claimBy(sleeper.pid ?? 0, "1");
      const release = await claimFolder(folder);
      await release();
      await writeFile(join(folder, "owner.json"), "{cut off");
      await (await claimFolder(folder))();
      assert.equal(await exists(join(folder, "owner.json")), false);
    });
  });

  describe("what is made once", () => {
    it("is made by one of those who ask at the same time", async () => {
      let made = 0;
      const make = async (target: string): Promise<void> => {
        made++;
        await writeFile(join(target, "file"), "content");
      };
      const paths = await Promise.all([madeOnce(folder, "thing", make), madeOnce(folder, "thing", make)]);
      assert.deepEqual(paths, [join(folder, "thing"), join(folder, "thing")]);
      assert.equal(made, 1);
    });

    it("is not there when making it failed, and leaves nothing behind", async () => {
      await mkdir(join(folder, "unfinished-of-a-crash"));
      await assert.rejects(
        madeOnce(folder, "thing", () => Promise.reject(new Error("no network"))),
        /no network/,
      );
      assert.deepEqual(await readdir(folder), []);
    });
  });

  describe("processes", () => {
    before(function () {
      if (process.platform !== "linux") this.skip();
    });

    it("are found by their command line while they run", async () => {
      const child = spawn("sh", ["-c", "read line", folder], { stdio: ["pipe", "ignore", "ignore"] });
      const exited = new Promise((resolve) => child.once("exit", resolve));
      await new Promise((resolve) => child.once("spawn", resolve));
      assert.deepEqual(await processesMentioning(folder), [child.pid]);
      child.kill("SIGKILL");
      await exited;
      assert.equal(await isRunning(child.pid ?? 0), false);
      assert.deepEqual(await processesMentioning(folder), []);
    });
  });
});
