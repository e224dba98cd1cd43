/** What fails while a whole world starts: nothing that was started before it is left. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Progress, silentProgress } from "../../cli/progress.ts";
import { readKeptPorts } from "../../sandbox/kept-ports.ts";
import { cacheDir } from "../../sandbox/paths.ts";
import { runningFile } from "../../sandbox/running.ts";
import { openWorld, type WorldOptions } from "../../sandbox/world.ts";
import { COLD_MS, leftoversOf } from "./docker-world.ts";

describe("a world that fails while it starts", function () {
  this.timeout(COLD_MS);
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "world-start-"));
  });
  afterEach(() => rm(stateDir, { recursive: true, force: true }));

  /** Opens a world that fails; gives the lines that its progress told. */
  const fails = async (expected: RegExp, options: Partial<WorldOptions> = {}): Promise<string[]> => {
    const notes: string[] = [];
    const progress: Progress = { ...silentProgress, note: (line) => notes.push(line) };
    await assert.rejects(openWorld({ stateDir, cacheDir: cacheDir(), progress, ...options }), expected);
    return notes;
  };
  const assertNothingLeft = async (): Promise<void> => {
    assert.deepEqual(await leftoversOf(join(stateDir, "docker")), []);
    assert.ok(!(await readdir(join(stateDir, "docker"))).includes("owner.json"));
  };

  it("closes the container engine and the registry when a port is in use, and leaves the program that has it alone", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    try {
      const notes = await fails(new RegExp(`Port ${port} for render is in use`), { ports: { render: port } });
      assert.match(notes.join("\n"), /Container engine: /);
      await assertNothingLeft();
      assert.ok(await accepts(port));
    } finally {
      other.close();
    }
  });

  it("closes the services, too, when it cannot record itself", async () => {
    await mkdir(runningFile(stateDir));
    await fails(/EISDIR/);
    await assertNothingLeft();
    const ports = Object.values(await readKeptPorts(stateDir));
    assert.equal(ports.length, 5);
    assert.deepEqual(
      await Promise.all(ports.map(accepts)),
      ports.map(() => false),
    );
  });

  it("closes what there is when it is told to stop", async () => {
    const stop = new AbortController();
    const note = (line: string): void => {
      if (line.startsWith("Container engine: ")) stop.abort(new Error("told to stop"));
    };
    await fails(/told to stop/, { progress: { ...silentProgress, note }, signal: stop.signal });
    await assertNothingLeft();
  });
});

/** True when something listens on the port. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
