import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { openContainerWorld } from "../../sandbox/docker/index.ts";
import { signalProcess } from "../../sandbox/docker/system/processes.ts";
import { cacheDir } from "../../sandbox/paths.ts";
import { BASE, COLD_MS, leftoversOf, TestWorld } from "./docker-world.ts";
import { processesMentioning } from "./mentioning.ts";

/** The processes that end a world's daemons with it. */
async function initsBelow(stateDir: string): Promise<number[]> {
  const pids = await processesMentioning(`${stateDir}/`);
  const programs = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/exe`).catch(() => "")));
  return pids.filter((_pid, index) => basename(programs[index] ?? "").startsWith("tini"));
}

describe("the life of a container world", function () {
  this.timeout(COLD_MS);

  it("keeps its state folder to itself", async () => {
    const test = await TestWorld.open();
    try {
      const second = openContainerWorld({ cacheDir: cacheDir(), stateDir: test.stateDir, progress: silentProgress });
      await assert.rejects(second, new RegExp(`is in use by process ${process.pid}\\. End that sandbox`));
      const beside = await TestWorld.open();
      await beside.close();
    } finally {
      await test.close();
    }
  });

  it("does not begin when the chosen engine cannot be had, and says why", async () => {
    const folder = await mkdtemp(join(tmpdir(), "docker-no-engine-"));
    const { DOCKER_HOST } = process.env;
    process.env["DOCKER_HOST"] = "ssh://builder.example";
    try {
      const options = { cacheDir: cacheDir(), stateDir: join(folder, "state"), progress: silentProgress };
      const opening = openContainerWorld({ ...options, engine: "machine" });
      await assert.rejects(
        opening,
        /^Error: The chosen container engine cannot be used:\n- the machine's Docker engine/,
      );
      assert.deepEqual(await readdir(options.stateDir), []);
    } finally {
      if (DOCKER_HOST === undefined) delete process.env["DOCKER_HOST"];
      else process.env["DOCKER_HOST"] = DOCKER_HOST;
      await rm(folder, { recursive: true });
    }
  });

  it("leaves no process, mount, control group or container, and keeps port, login and images", async () => {
    const test = await TestWorld.open();
    try {
      const context = await test.contextOf(BASE, 'CMD ["sleep", "600"]');
      const { digest } = await test.build(context);
      const request = { env: {}, image: `${test.repository}:test`, credential: test.world.registry };
      await test.world.runner.start({ name: "left-running", ...request });
      assert.notDeepEqual(await test.leftovers(), []);

      await test.world.close();

      assert.deepEqual(await test.leftovers(), []);
      await test.world.close();
      const again = await openContainerWorld({
        cacheDir: cacheDir(),
        stateDir: test.stateDir,
        progress: silentProgress,
      });
      try {
        assert.deepEqual(again.registry, test.world.registry);
        assert.equal((await test.fetchFromRegistry(`acme/notes/manifests/${digest}`)).status, 200);
      } finally {
        await again.close();
      }
    } finally {
      await test.close();
    }
  });

  it("comes for a world whose process was killed: ends what it has left, and no program of others in its folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "docker-killed-"));
    const others: ChildProcess[] = [];
    try {
      const stateDir = join(folder, "state");
      const script = join(import.meta.dirname, "docker-world-process.ts");
      const child = spawn(process.execPath, [script, stateDir], { stdio: ["pipe", "pipe", "inherit"] });
      const exited = once(child, "exit");
      const [line] = await once(child.stdout, "data");
      assert.match(String(line), /^open /);
      const registryConfiguration = join(stateDir, "registry", "config.yml");
      const tail = spawn("tail", ["-f", registryConfiguration], { stdio: ["ignore", "pipe", "ignore"] });
      const editor = spawn("sh", ["-c", "echo; read line", join(stateDir, "run", "notes.txt")], {
        cwd: stateDir,
        stdio: ["pipe", "pipe", "ignore"],
      });
      others.push(tail, editor);
      await Promise.all([once(tail.stdout, "data"), once(editor.stdout, "data")]);
      // Without their init processes, the daemons outlive the world.
      const inits = await initsBelow(stateDir);
      for (const pid of inits) signalProcess(pid, "SIGKILL");
      child.kill("SIGKILL");
      await exited;
      const orphans = (await leftoversOf(stateDir)).filter((left) => left.startsWith("process")).length - others.length;
      assert.ok(orphans >= inits.length, `${orphans} orphans of ${inits.length} daemons`);

      const test = await TestWorld.open(undefined, folder);
      // The database's server would not start beside one that is left, nor on data that it has broken.
      const database = { database: "notes", user: "notes", password: "kept", version: "17" };
      assert.ok((await test.world.databases.provide(database)).port > 0);
      const leftByOthers = others.map(({ pid }) => `process ${pid}`);
      await test.world.close();
      assert.deepEqual((await test.leftovers()).sort(), leftByOthers.sort());
    } finally {
      for (const other of others) other.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    }
  });
});
