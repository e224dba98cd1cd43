import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { processIdentity } from "../../lib/process-identity.ts";
import { answersPing } from "../../sandbox/docker/engines/docker-ping.ts";
import { clearRunFolder, runFolderOf } from "../../sandbox/docker/engines/run-folder.ts";
import { Cleanup } from "../../sandbox/docker/system/cleanup.ts";
import { CommandFailure, call } from "../../sandbox/docker/system/command.ts";
import { takeDataRoot } from "../../sandbox/docker/system/data-root.ts";
import { exists } from "../../sandbox/docker/system/exists.ts";
import { hostTool } from "../../sandbox/docker/system/host.ts";
import { madeOnce } from "../../sandbox/docker/system/made-once.ts";
import { ownedBy, processesOf } from "../../sandbox/docker/system/own-processes.ts";
import { claimFolder } from "../../sandbox/docker/system/owner.ts";
import { eventually } from "../../sandbox/docker/system/polling.ts";
import { endProcesses, signalProcess } from "../../sandbox/docker/system/processes.ts";

const isRunning = (pid: number): boolean => processIdentity(pid) !== undefined;
const startTime = (pid: number): string | undefined => processIdentity(pid)?.startTime;

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

    // The docker client starts helpers, such as ssh, that know nothing of its end.
    for (const [what, script] of [
      ["runs", "sleep 600 & echo $!; wait"],
      ["has ended", "sleep 600 & echo $!"],
    ] as const) {
      it(`ends with its signal, though another program holds its outputs open while it ${what}`, async () => {
        let helper = 0;
        const controller = new AbortController();
        const onLine = (line: string): void => {
          helper = Number(line);
          controller.abort(new Error("enough"));
        };
        try {
          await assert.rejects(sh(script, { signal: controller.signal, onLine }), /enough/);
        } finally {
          signalProcess(helper, "SIGKILL");
        }
      });
    }
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

    it("after a failure tells what could not be stopped, and leaves the failure to its caller", async () => {
      const order: string[] = [];
      const told: string[] = [];
      const cleanup = new Cleanup();
      cleanup.add(async () => void order.push("first"));
      cleanup.add(async () => Promise.reject(new Error("broken step")));
      await cleanup.runAfterFailure((message) => told.push(message));
      assert.deepEqual([order, told.length], [["first"], 1]);
      assert.match(told[0] ?? "", /could be stopped: broken step$/);
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
      await claimBy(pid, startTime(pid));
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

    /** A program that waits, and says so. */
    const waiting = async (script: string, env: Record<string, string> = {}): Promise<ChildProcess> => {
      const child = spawn("sh", ["-c", script, join(folder, "file")], {
        env: { ...process.env, ...env },
        stdio: ["pipe", "pipe", "ignore"],
      });
      await once(child.stdout, "data");
      return child;
    };
    const request = () => ({ cacheDir: folder, stateDir: folder, worldId: "test", progress: silentProgress });

    it("of a sandbox end with it, with what they have started, and no others that mention its folder", async () => {
      const run = runFolderOf(request());
      const own = await waiting("sleep 600 & echo $!; exec sleep 601", ownedBy([folder, run]));
      const other = await waiting(`echo ${run}/dockerd.pid; read line`);
      const beside = await waiting("echo started; read line", ownedBy([`${run}-2`]));
      try {
        const orphan = (await processesOf(run)).find(({ pid }) => pid !== own.pid);
        own.kill("SIGKILL");
        await once(own, "exit");
        assert.equal(isRunning(orphan?.pid ?? 0), true);

        await clearRunFolder(request());

        assert.equal(isRunning(orphan?.pid ?? 0), false);
        assert.deepEqual([isRunning(other.pid ?? 0), isRunning(beside.pid ?? 0)], [true, true]);
      } finally {
        for (const child of [own, other, beside]) child.kill("SIGKILL");
      }
    });

    it("that use an engine's data end when it is taken over, and no others that mention it", async function () {
      if ((await exists("/usr/bin/flock")) === false) this.skip();
      const data = join(folder, "0", "data");
      const own = await waiting("echo started; exec sleep 601", ownedBy([data]));
      const other = await waiting(`echo ${data}/image; read line`);
      const root = await takeDataRoot(folder);
      try {
        assert.equal(root.folder, data);
        assert.deepEqual([isRunning(own.pid ?? 0), isRunning(other.pid ?? 0)], [false, true]);
      } finally {
        await root.release();
        for (const child of [own, other]) child.kill("SIGKILL");
      }
    });

    it("are left alone when the id is another's by now", async () => {
      const child = await waiting("echo started; exec sleep 601");
      try {
        await endProcesses([{ pid: child.pid ?? 0, startTime: "1" }], 1_000);
        assert.equal(isRunning(child.pid ?? 0), true);
        await endProcesses([{ pid: child.pid ?? 0, startTime: startTime(child.pid ?? 0) ?? "" }], 10_000);
        assert.equal(isRunning(child.pid ?? 0), false);
      } finally {
        child.kill("SIGKILL");
      }
    });
  });

  describe("a probe", () => {
    it("ends at its deadline, though what it asks never answers", async () => {
      const silent = createServer(() => {}).listen(join(folder, "silent.sock"));
      await once(silent, "listening");
      try {
        const ping = (signal: AbortSignal): Promise<boolean> => answersPing(join(folder, "silent.sock"), signal);
        assert.equal(await eventually(ping, 200), false);
        assert.equal(await eventually(() => new Promise(() => {}), 200), false);
        assert.equal(await eventually(async () => true, 200), true);
      } finally {
        silent.closeAllConnections();
        silent.close();
      }
    });
  });
});
