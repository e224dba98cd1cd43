import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { destroyLosses } from "../../cli/preview/destroy-losses.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { WatchablePulumi } from "../../cli/pulumi.ts";
import { type MadeState, type MadeStep, metadataOf, urnOf } from "./support/engine-events.ts";

const DATABASE = "render:index:Postgres";
const named = { inputs: { name: "site-prod" } };

describe("what a destroy would lose", () => {
  let runs: string[][];
  beforeEach(() => {
    runs = [];
  });

  /** A state with these, each of its type; a database is called `database`. */
  const stateOf = (...resources: (MadeState & { readonly type: string })[]): string => {
    const held = resources.map((one) => ({ ...one, urn: urnOf(one.type, "database"), id: "1", custom: true }));
    return JSON.stringify({ version: 3, deployment: { resources: held } });
  };
  /** An engine whose preview comes to these steps. */
  const pulumi = (steps: readonly MadeStep[], code = 0): WatchablePulumi => {
    const runWith: WatchablePulumi["runWith"] = async (_options, ...args) => {
      const log = args[args.indexOf("--event-log") + 1] ?? "";
      runs.push(args.slice(0, args.indexOf("--event-log")));
      const events = steps.map((step) => ({ resourcePreEvent: { metadata: metadataOf(step) } }));
      await writeFile(
        log,
        events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join(""),
      );
      return { code, stdout: "", stderr: code === 0 ? "" : "error: no preview" };
    };
    return { run: (...args) => runWith({}, ...args), runWith };
  };
  const lossesOf = (engine: WatchablePulumi, exported: string, ...args: string[]): Promise<string | undefined> =>
    destroyLosses({ pulumi: engine, progress: silentProgress, args: ["destroy", ...args], exported });
  const deleted = (old: MadeState): MadeStep => ({ op: "delete", type: DATABASE, name: "database", old });

  it("names each database that goes, and what to do first", async () => {
    const line = await lossesOf(pulumi([deleted(named)]), stateOf({ type: DATABASE, ...named }), "--run-program");
    assert.match(line ?? "", /^WOULD LOSE DATA: Render database site-prod\. All its data goes .* Export it first: .*$/);
    assert.deepEqual(runs, [["destroy", "--run-program", "--preview-only"]]);
  });

  it("asks the engine with the same arguments, but those that ask, print and end the run", async () => {
    const args = ["-yf", "--yes", "-s", "prod", "--json", "--target", "urn", "--preview-only"];
    await lossesOf(pulumi([]), stateOf({ type: DATABASE, ...named }), ...args);
    assert.deepEqual(runs, [["destroy", "-s", "prod", "--target", "urn", "--preview-only"]]);
  });

  it("says nothing, and runs nothing, where no resource holds such data or the state cannot be read", async () => {
    const others = ["render:index:WebService", "github:index/repository:Repository"].map((type) => ({ type }));
    for (const exported of [stateOf(...others), stateOf(), "{}", ""])
      assert.equal(await lossesOf(pulumi([]), exported), undefined);
    assert.deepEqual(runs, []);
  });

  it("goes by the preview, in which the program may have the last word, and not by the state", async () => {
    const kept = stateOf({ type: DATABASE, ...named, protect: true, retainOnDelete: true });
    assert.match((await lossesOf(pulumi([deleted(named)]), kept)) ?? "", /^WOULD LOSE DATA/);
    for (const how of [{ retainOnDelete: true }, { protect: true }])
      assert.equal(await lossesOf(pulumi([deleted({ ...named, ...how })]), stateOf({ type: DATABASE })), undefined);
    assert.equal(await lossesOf(pulumi([]), stateOf({ type: DATABASE })), undefined, "it is no target");
  });

  it("goes by the state where there is no whole preview: what is not kept there may be deleted before the failure", async () => {
    const state = (how: MadeState): string => stateOf({ type: DATABASE, ...named, ...how });
    assert.match((await lossesOf(pulumi([], 1), state({}))) ?? "", /^MAY LOSE DATA: Render database site-prod\. /);
    for (const how of [{ protect: true }, { retainOnDelete: true }])
      assert.equal(await lossesOf(pulumi([], 1), state(how)), undefined);
    const unreadable = pulumi([{ ...deleted(named), op: "obliterate" }]);
    assert.match((await lossesOf(unreadable, state({}))) ?? "", /^MAY LOSE DATA/, "another version's events");
  });
});
