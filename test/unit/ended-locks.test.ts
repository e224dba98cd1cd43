/** Locks that an interrupted run has left on the sandbox's stack. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { removeEndedLocks } from "../../sandbox/ended-locks.ts";

describe("locks of the sandbox's stack", () => {
  let backend: string;
  let locks: string;
  let endedPid: number;

  before(async () => {
    const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    await once(child, "exit");
    endedPid = child.pid ?? 0;
  });
  beforeEach(async () => {
    backend = await mkdtemp(join(tmpdir(), "delivery-locks-"));
    locks = join(backend, ".pulumi", "locks", "organization", "delivery", "sandbox");
    await mkdir(locks, { recursive: true });
  });
  afterEach(() => rm(backend, { recursive: true, force: true }));

  const lock = (name: string, content: unknown): Promise<void> =>
    writeFile(join(locks, `${name}.json`), typeof content === "string" ? content : JSON.stringify(content));

  it("go when their process has ended, and only then", async () => {
    const here = { hostname: hostname(), username: "ops", timestamp: "2026-12-01T00:00:00Z" };
    await lock("ended", { ...here, pid: endedPid });
    await lock("running", { ...here, pid: process.pid });
    await lock("elsewhere", { ...here, hostname: "another-machine", pid: endedPid });
    await lock("torn", '{"pid":');
    await lock("foreign", { pid: "1" });
    assert.equal(await removeEndedLocks(pathToFileURL(backend).href), 1);
    assert.deepEqual((await readdir(locks)).sort(), ["elsewhere.json", "foreign.json", "running.json", "torn.json"]);
  });

  it("need not be there", async () => {
    await rm(join(backend, ".pulumi"), { recursive: true });
    assert.equal(await removeEndedLocks(pathToFileURL(backend).href), 0);
  });
});
