import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, it } from "mocha";
import type { RunResult } from "../../cli/child-process.ts";
import { readEvents, runWithEvents } from "../../cli/engine-events/index.ts";
import type { PulumiRunOptions, WatchablePulumi } from "../../cli/pulumi.ts";

const SUMMARY = { sequence: 1, timestamp: 2, summaryEvent: { durationSeconds: 3, result: "succeeded" } };

describe("reading the engine's event log", () => {
  it("reads what reports use and drops the rest", () => {
    const step = {
      op: "update",
      urn: "urn:pulumi:prod::p::a:b:C::c",
      type: "a:b:C",
      old: { urn: "x", type: "a:b:C", custom: true, id: "1", parent: "", inputs: { name: "a" }, outputs: null },
      new: null,
      detailedDiff: { name: { diffKind: "update-replace", inputDiff: true } },
    };
    const line = JSON.stringify({ sequence: 0, timestamp: 1, resourcePreEvent: { metadata: step, planning: true } });
    const [event] = readEvents(`${line}\n`);
    const read = event?.resourcePreEvent?.metadata;
    assert.deepEqual(read?.old, {
      ...{ id: "1", parent: "", custom: true, protect: false, retainOnDelete: false },
      ...{ inputs: { name: "a" }, outputs: {} },
    });
    assert.deepEqual(read?.detailedDiff, { name: { diffKind: "update-replace", inputDiff: true } });
    assert.equal(read?.new, null);
  });

  it("keeps neither the configuration nor the lines for the engine's developers, which hold values", () => {
    const log = [
      { sequence: 0, timestamp: 1, preludeEvent: { config: { "delivery:image": "hunter2" } } },
      { sequence: 1, timestamp: 1, diagnosticEvent: { severity: "debug", message: "resp: hunter2" } },
      { sequence: 2, timestamp: 1, diagnosticEvent: { severity: "warning", message: "look" } },
    ];
    const events = readEvents(log.map((event) => `${JSON.stringify(event)}\n`).join(""));
    assert.doesNotMatch(JSON.stringify(events), /hunter2/);
    assert.equal(events.at(-1)?.diagnosticEvent?.message, "look");
  });

  it("leaves out a last line that a killed engine did not finish", () => {
    assert.equal(readEvents(`${JSON.stringify(SUMMARY)}\n{"sequence":2,"ti`).length, 1);
  });

  it("names the line that is no event", () => {
    assert.throws(() => readEvents(`${JSON.stringify(SUMMARY)}\n{"sequence":"x"}\n`), {
      name: "UserError",
      message: /^Line 2 of the engine's event log .*sequence/,
    });
    assert.throws(() => readEvents("not JSON\n"), /^UserError: Line 1 /);
  });
});

describe("running the engine with its event log", () => {
  const seen: { options?: PulumiRunOptions; args?: readonly string[]; log?: string } = {};

  /** An engine that writes such a log and ends in such a way. */
  const engine = (log: string | undefined, end: () => RunResult): WatchablePulumi => ({
    run: () => Promise.reject(new Error("Runs without its events.")),
    async runWith(options, ...args) {
      Object.assign(seen, { options, args, log: args.at(-1) });
      options.onLine?.("updating");
      if (log !== undefined) writeFileSync(args.at(-1) ?? "", log);
      return end();
    },
  });
  const ended = (): RunResult => ({ code: 0, stdout: "", stderr: "" });

  it("gives the result and the events, and removes the log", async () => {
    const lines: string[] = [];
    const pulumi = engine(`${JSON.stringify(SUMMARY)}\n`, ended);
    const run = await runWithEvents(pulumi, ["preview", "--refresh"], (line) => lines.push(line));
    assert.deepEqual(seen.args?.slice(0, -1), ["preview", "--refresh", "--event-log"]);
    assert.deepEqual(seen.options?.env, { PULUMI_DEBUG_COMMANDS: "true" });
    assert.equal(run.result.code, 0);
    assert.deepEqual(run.events, [
      { ...SUMMARY, summaryEvent: { ...SUMMARY.summaryEvent, maybeCorrupt: false, isPreview: false } },
    ]);
    assert.deepEqual(lines, ["updating"]);
    assert.equal(existsSync(dirname(seen.log ?? "")), false);
  });

  it("gives no events when the engine stopped before the first", async () => {
    const { result, events } = await runWithEvents(
      engine(undefined, () => ({ ...ended(), code: 255 })),
      ["up"],
    );
    assert.deepEqual([result.code, events], [255, []]);
  });

  it("removes the log of a run that is interrupted, too", async () => {
    const interrupted = engine("{}\n", () => {
      throw new Error("interrupted");
    });
    await assert.rejects(runWithEvents(interrupted, ["up"]), /interrupted/);
    assert.equal(existsSync(dirname(seen.log ?? "")), false);
  });
});
