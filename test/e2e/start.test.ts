/** `npm start` on a terminal, as its user sees it: the steps build on each other. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";
import { bringLayers, keepLayers } from "../support/kept-layers.ts";
import { CTRL_C, openSession, type Session } from "./support/pseudo-terminal.ts";

describe("npm start on a terminal", function () {
  this.timeout(600_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-start-"));
    await bringLayers(registry(), "acme/site");
  });
  after(async () => {
    await keepLayers(registry());
    await rm(folder, { recursive: true, force: true });
  });
  const registry = (): string => join(folder, "state", "docker", "registry");

  const start = (columns: number): Session => npm(["start", "--"], [], columns);
  const npm = (script: string[], args: string[], columns = 100): Session => {
    const { npm_lifecycle_event: _event, ...env } = process.env;
    return openSession(["npm", ...script, "--state", join(folder, "state"), ...args], {
      cwd: projectRoot,
      columns,
      env: { ...(env as Record<string, string>), TERM: "xterm-256color" },
    });
  };
  const locks = async (): Promise<string[]> => {
    const found = await readdir(join(folder, "state", "backend", ".pulumi"), { recursive: true });
    return found.filter((name) => /^locks\/.*\.json$/.test(name));
  };
  const assertEnded = async (session: Session): Promise<void> => {
    const { code, settings } = await session.ended;
    assert.equal(code, 130, session.text());
    for (const setting of ["icanon", "isig", "echo"]) assert(settings.includes(setting), settings.join(" "));
    await session.nothingLeft();
  };

  it("ends at Ctrl-C while the container engine starts", async () => {
    await using session = start(100);
    await session.until(/Starting a Docker engine|Container engine/);
    session.type(CTRL_C);
    await assertEnded(session);
    assert.match(session.text(), /Interrupted by SIGINT\./);
  });

  it("ends at Ctrl-C during `pulumi up`, which finishes its step and gives up the lock", async () => {
    await using session = start(0);
    // Its dots begin once it listens for signals; a signal before that ends it at once.
    await session.until(/@ updating/);
    session.type(CTRL_C);
    await assertEnded(session);
    assert.match(session.text(), /cancel/);
    assert.deepEqual(await locks(), []);
  });

  /** Ends a preview with the real engine, which holds a lock of its own meanwhile. */
  const interruptPreview = async (): Promise<void> => {
    await using preview = npm(["run", "sandbox", "--", "exec"], ["--", "npx", "--no", "delivery", "preview"]);
    await preview.until(/Previewing sandbox/);
    preview.type(CTRL_C);
    await assertEnded(preview);
    assert.match(preview.text(), /Interrupted by SIGINT\./);
    assert.deepEqual(await locks(), []);
  };

  it("goes on from there, serves, ends at Ctrl-C, and comes back at the same addresses", async () => {
    const addresses = async (meanwhile = async () => {}): Promise<string[]> => {
      await using session = start(100);
      await session.until(/Ctrl-C stops it/);
      await meanwhile();
      const shown = session.text().split("The delivery chain is up.")[1] ?? "";
      session.type(CTRL_C);
      await assertEnded(session);
      assert.match(session.text(), /The state stays in/);
      return shown.match(/(?:localhost|127\.0\.0\.1):\d+\S*/g) ?? [];
    };
    const first = await addresses(interruptPreview);
    assert.equal(new Set(first).size, 5, first.join(" "));
    assert.deepEqual(await addresses(), first);
  });
});
