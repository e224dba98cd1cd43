import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileWritten } from "../unit/engine-processes.ts";
import { type Command, openPlace, type Place } from "./support/hanging-engine.ts";
import { CTRL_C, CTRL_D, type Ended } from "./support/pseudo-terminal.ts";

/** Every command that runs the engine, and the call of the engine at which it is interrupted. */
const STAGES: [title: string, args: string[], hang: string][] = [
  ["preview, while the engine starts", ["preview"], "^stack --show-name"],
  ["preview, while it previews", ["preview"], "^preview"],
  ["preview --json", ["preview", "--json"], "^preview"],
  ["up, while it reads the state", ["up"], "^stack export"],
  ["up, while it previews", ["up"], "^preview"],
  ["up --yes, while it updates", ["up", "--yes"], "^up"],
  ["drift", ["drift"], "."],
  ["adopt", ["adopt"], "."],
  ["doctor", ["doctor"], "^config"],
  ["outputs", ["outputs"], "."],
  ["recover", ["recover"], "."],
  ["release", ["release", "site"], "."],
  ["releases", ["releases"], "."],
  ["rollback", ["rollback"], "."],
  ["seal", ["seal"], "."],
];

/** Terminals on which a spinner would do harm, or find no room. */
const TERMINALS: [title: string, columns: number, env: Record<string, string>][] = [
  ["of 0 columns, as CI and `script` give", 0, {}],
  ["of 1 column", 1, {}],
  ["of 20 columns", 20, {}],
  ["that cannot move its cursor", 100, { TERM: "dumb" }],
];

/** A spinner draws a line twelve times a second. */
const WATCHED_MS = 1_000;
const FEW_CHARACTERS = 5_000;

const HIDE_CURSOR = "\u001B[?25l";
const SHOW_CURSOR = "\u001B[?25h";

describe("Ctrl-C on a terminal", () => {
  let place: Place;
  beforeEach(async () => {
    place = await openPlace();
  });
  afterEach(() => place.machine.remove());

  const assertRestored = (command: Command, { settings }: Ended): void => {
    for (const setting of ["icanon", "isig", "echo"]) assert(settings.includes(setting), settings.join(" "));
    const lastOf = (sequence: string): number => command.shown().lastIndexOf(sequence);
    assert(lastOf(HIDE_CURSOR) <= lastOf(SHOW_CURSOR), "the cursor is hidden");
  };

  const assertInterrupted = async (command: Command): Promise<void> => {
    const ended = await command.ended;
    assert.match(command.text(), /Interrupted by SIGINT\.\r?$/m);
    assert.equal(ended.code, 130, command.text());
    assertRestored(command, ended);
    await command.nothingLeft();
  };

  for (const [title, args, hang] of STAGES) {
    it(`ends ${title}, and lets the engine end its step and give up the lock`, async () => {
      await using command = place.run(args, hang);
      await command.hangs();
      command.type(CTRL_C);
      await assertInterrupted(command);
      assert.deepEqual((await command.engineLog()).slice(1), ["SIGINT", "finished"]);
      assert.equal(await command.isLocked(), false);
    });
  }

  it("answers a question, and nothing is done", async () => {
    await using command = place.run(["up"], "^up");
    await command.until(/Do exactly this\? \[y\/N\]/);
    command.type(CTRL_C);
    await assertInterrupted(command);
    assert.deepEqual(await command.engineLog(), []);
  });

  it("is not the end of the input, which means no", async () => {
    await using command = place.run(["up"], "^up");
    await command.until(/Do exactly this\? \[y\/N\]/);
    command.type(CTRL_D);
    assert.equal((await command.ended).code, 1);
    assert.match(command.text(), /Nothing was done: nobody has agreed to it\./);
  });

  it("ends the questions of init", async () => {
    await using command = place.run(["init", "--force"]);
    await command.until(/\?/);
    command.type(CTRL_C);
    await assertInterrupted(command);
  });

  it("is the engine's own where the terminal is handed to it", async () => {
    await using command = place.run(["pulumi", "up"], "^up");
    await command.hangs();
    command.type(CTRL_C);
    const ended = await command.ended;
    assert.equal(ended.code, 255);
    assertRestored(command, ended);
    await command.nothingLeft();
    assert.deepEqual((await command.engineLog()).slice(1), ["SIGINT", "finished"]);
  });

  it("ends the build of an engine", async () => {
    const started = join(place.machine.root, "started");
    const onBuild = `fs.writeFileSync(${JSON.stringify(started)}, "\\n"); return setInterval(() => {}, 1000);`;
    await using command = await place.buildEngine(onBuild);
    await fileWritten(started);
    command.type(CTRL_C);
    await assertInterrupted(command);
  });

  it("pressed again makes the engine stop at once, and leaves the lock to it", async () => {
    await using command = place.run(["up", "--yes"], "^up", { env: { FAKE_STUBBORN: "yes" } });
    await command.hangs();
    command.type(CTRL_C);
    await command.logged("SIGINT", 1);
    command.type(CTRL_C);
    await assertInterrupted(command);
    assert.deepEqual((await command.engineLog()).slice(1), ["SIGINT", "SIGINT", "finished"]);
    assert.equal(await command.isLocked(), false);
  });

  it("pressed a third time kills the engine and all that it started", async () => {
    await using command = place.run(["up", "--yes"], "^up", { env: { FAKE_DEAF: "yes" } });
    await command.hangs();
    for (const times of [1, 2]) {
      command.type(CTRL_C);
      await command.logged("SIGINT", times);
    }
    command.type(CTRL_C);
    await assertInterrupted(command);
  });

  for (const [title, columns, env] of TERMINALS) {
    it(`works on a terminal ${title}, whose lines are few`, async () => {
      await using command = place.run(["up", "--yes"], "^up", { columns, env });
      await command.hangs();
      const before = command.shown().length;
      await wait(WATCHED_MS);
      const shown = command.shown().length - before;
      assert(shown < FEW_CHARACTERS, `${shown} characters in ${WATCHED_MS} ms`);
      command.type(CTRL_C);
      await assertInterrupted(command);
    });
  }
});
