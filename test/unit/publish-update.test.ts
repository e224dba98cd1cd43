/** What an update asks, refuses and hands to the engine, with an engine that is played. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type UpdateRequest, updateStack } from "../../cli/preview/update.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { WatchablePulumi } from "../../cli/pulumi.ts";

const URN = "urn:pulumi:prod::delivery::a:b:C::site";
const DONE = { code: 0, stdout: "", stderr: "" };
const LOCKED = {
  ...{ code: 255, stdout: "" },
  stderr:
    "error: the stack is currently locked by 1 lock(s).\n  s3://x: created by a@b (pid 1) at 2026-11-25T01:44:12Z",
};
const state = (pending: readonly object[] = []): string =>
  JSON.stringify({ version: 3, deployment: { resources: [], pending_operations: pending } });
const PENDING = state([{ type: "creating", resource: { urn: URN, type: "a:b:C", custom: true } }]);
const planOf = (steps: readonly string[]): string =>
  JSON.stringify({ resourcePlans: { [URN]: { steps, goal: { type: "a:b:C", custom: true, inputDiff: {} } } } });
const FULL = JSON.stringify({ deployment: { resources: [{ urn: URN, type: "a:b:C", custom: true }] } });
const FAILED = JSON.stringify({
  deployment: { resources: [{ urn: URN, type: "a:b:C", custom: true, initErrors: ["no deploy"] }] },
});
const history = (results: readonly string[]): string =>
  JSON.stringify(results.map((result) => ({ kind: "update", result, startTime: "2026-11-25T01:44:12Z" })));

describe("an update", () => {
  let folder: string;
  let commands: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-update-test-"));
    commands = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** An engine whose state, previews and updates are given, the last one again and again. */
  const engine = ({
    states = [state()],
    steps = ["update"],
    ups = [DONE],
    preview = DONE,
    results = ["succeeded"],
  } = {}): WatchablePulumi => {
    const next = <T>(values: T[]): T => (values.length > 1 ? values.shift() : values[0]) as T;
    const runWith: WatchablePulumi["runWith"] = async (_options, ...args) => {
      const [command = ""] = args;
      const optionOf = (flag: string): string | undefined =>
        args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined;
      commands.push(optionOf("--plan") === undefined ? command : `${command} --plan`);
      const planFile = optionOf("--save-plan");
      if (planFile !== undefined) await writeFile(planFile, planOf(steps));
      if (args[1] === "history") return { ...DONE, stdout: history(results) };
      if (command === "stack") return { ...DONE, stdout: next(states) };
      return command === "up" ? next(ups) : preview;
    };
    return { run: (...args) => runWith({}, ...args), runWith };
  };
  const update = (pulumi: WatchablePulumi, changes: Partial<UpdateRequest> = {}) =>
    updateStack({
      ...{ pulumi, progress: silentProgress, signal: new AbortController().signal },
      ...{ stack: "prod", policy: [], waitMinutes: 0 },
      ...changes,
    });
  const saved = async (steps: readonly string[]): Promise<string> => {
    const file = join(folder, "plan.json");
    await writeFile(file, planOf(steps));
    return file;
  };

  it("is previewed, and stops when that fails, also when nobody is asked", async () => {
    assert.equal((await update(engine()))?.outcome, "no changes");
    assert.deepEqual(commands.splice(0), ["stack", "preview", "up --plan"]);
    const preview = { ...DONE, code: 1, stderr: "error: a policy is violated" };
    assert.equal((await update(engine({ preview })))?.outcome, "failed");
    assert.deepEqual(commands, ["stack", "preview"]);
  });

  it("ends after the preview when there is nothing to do and nothing to write", async () => {
    const report = await update(engine({ states: [FULL], steps: ["same"] }));
    assert.deepEqual([report?.operation, report?.outcome], ["up", "no changes"]);
    assert.deepEqual(commands, ["stack", "preview", "stack"]);
  });

  it("is made all the same after one that failed, with a message, or when the services were read", async () => {
    const nothing = { states: [FULL], steps: ["same"] };
    await update(engine({ ...nothing, results: ["failed", "succeeded"] }));
    assert.deepEqual(commands.splice(0), ["stack", "preview", "stack", "up --plan"]);
    await update(engine(nothing), { message: "back to v1" });
    assert.deepEqual(commands.splice(0), ["stack", "preview", "up --plan"]);
    await update(engine(nothing), { refresh: true });
    assert.deepEqual(commands.splice(0), ["stack", "preview", "up --plan"]);
    await update(engine({ ...nothing, states: [FAILED] }));
    assert.deepEqual(commands, ["stack", "preview", "up --plan"]);
  });

  it("takes the state that was read just now, and reads it again after a wait", async () => {
    await update(engine({ states: [PENDING] }), { exported: FULL });
    assert.deepEqual(commands.splice(0), ["preview", "up --plan"]);
    await update(engine({ states: [FULL], ups: [LOCKED, DONE] }), { exported: FULL, waitMinutes: 1 });
    assert.deepEqual(commands, ["preview", "up --plan", "stack", "preview", "up --plan"]);
  });

  it("does exactly what it has shown, once somebody agrees", async () => {
    let shown = "";
    const agree = async ({ operation }: { operation: string }): Promise<boolean> => {
      shown = operation;
      return true;
    };
    await update(engine(), { agree });
    assert.deepEqual([shown, commands], ["preview", ["stack", "preview", "up --plan"]]);
  });

  it("does nothing when nobody agrees, or when the preview fails", async () => {
    assert.equal(await update(engine(), { agree: async () => false }), undefined);
    const preview = { ...DONE, code: 1, stderr: "error: no such image" };
    const report = await update(engine({ preview }), { agree: async () => true });
    assert.deepEqual([report?.operation, report?.outcome], ["up", "failed"]);
    assert.match(report?.headline ?? "", /no such image/);
    assert.deepEqual(commands, ["stack", "preview", "stack", "preview"]);
  });

  it("applies a plan that still holds, and refuses one that does not", async () => {
    const planFile = await saved(["update"]);
    assert.equal((await update(engine(), { planFile }))?.outcome, "no changes");
    const report = await update(engine({ steps: ["replace"] }), { planFile });
    assert.match(report?.headline ?? "", /not what was reviewed: site \(replace; reviewed: update\)/);
    assert.deepEqual(commands, ["stack", "preview", "up --plan", "stack", "preview"]);
  });

  it("says at once that there is no plan", async () => {
    await assert.rejects(update(engine(), { planFile: join(folder, "none.json") }), /plan cannot be read/);
    assert.deepEqual(commands, []);
  });

  it("refuses while an operation is pending, and waits for it when it is to wait", async () => {
    const report = await update(engine({ states: [PENDING] }));
    assert.match(
      report?.diagnostics[0]?.message ?? "",
      /interrupted while it was at work on site(.|\n)*delivery recover/,
    );
    assert.deepEqual(commands, ["stack"]);
    assert.equal((await update(engine({ states: [PENDING, state()] }), { waitMinutes: 1 }))?.outcome, "no changes");
    assert.deepEqual(commands.slice(1), ["stack", "stack", "preview", "up --plan"]);
  });

  it("tells who holds the lock, and compares the plan again after the wait", async () => {
    const report = await update(engine({ ups: [LOCKED] }));
    assert.match(report?.headline ?? "", /prod is locked by a@b \(process 1, /);
    commands = [];
    const planFile = await saved(["update"]);
    await update(engine({ ups: [LOCKED, DONE] }), { planFile, waitMinutes: 1 });
    const once = ["stack", "preview", "up --plan"];
    assert.deepEqual(commands, [...once, ...once]);
  });
});
