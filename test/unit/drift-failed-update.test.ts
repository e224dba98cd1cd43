/** After a failed update the state holds what was wanted; nobody else has undone it. */
import assert from "node:assert/strict";
import { judge } from "../../cli/drift/judge.ts";
import type { Reading } from "../../cli/drift/readings.ts";
import type { ResourceState, Step } from "../../cli/engine-events/index.ts";

const type = "github:index/repository:Repository";
const urn = `urn:pulumi:prod::delivery::${type}::repository`;

type Values = Record<string, unknown>;

const state = (inputs: Values, outputs: Values, initErrors: string[] = []): ResourceState => ({
  ...{ id: "site", parent: "", custom: true, protect: false, retainOnDelete: false },
  ...{ inputs, outputs, initErrors },
});

/** A reading of a repository for which the program wants this, and finds these differences. */
function reading(remembered: ResourceState, found: ResourceState, wanted: readonly string[]): Reading {
  const differing = Object.fromEntries(wanted.map((path) => [path, { diffKind: "update" as const, inputDiff: true }]));
  const step: Step = { op: "update", urn, type, old: found, new: found, detailedDiff: differing };
  return { urn, type, remembered, found, differing, steps: wanted.length > 0 ? [step] : [] };
}

describe("drift after a failed update", () => {
  const before = { description: "old", topics: ["a", "b"] };
  const failed = state(before, { description: "wanted", topics: ["a", "b"], homepageUrl: "https://wanted" }, ["422"]);

  it("blames nobody for what the update has not done", () => {
    const found = state(before, before);
    const judged = judge(reading(failed, found, ["description", "homepageUrl"]), true);
    assert.equal(judged.outside, undefined);
    assert.deepEqual(judged.edited, []);
    assert.equal(judged.isPending, true);
  });

  it("still sees what somebody has edited since", () => {
    const found = state({ ...before, description: "by hand" }, { ...before, description: "by hand" });
    const judged = judge(reading(failed, found, ["description"]), true);
    assert.deepEqual([judged.outside, judged.edited], ["changed", ["description"]]);
  });

  it("takes topics in another order for the same", () => {
    const sorted = { description: "old", topics: ["b", "a"] };
    const judged = judge(reading(state(before, before), state(sorted, sorted), []), true);
    assert.deepEqual([judged.outside, judged.untouched], [undefined, []]);
  });

  it("does not take the old name, by which a renamed repository is read, for an edit", () => {
    const renamed = state({ name: "website" }, { name: "website", fullName: "acme/website" });
    const found = state({ name: "site" }, { name: "site", fullName: "acme/website" });
    const judged = judge(reading(renamed, found, ["name"]), true);
    assert.deepEqual([judged.outside, judged.untouched, judged.isPending], [undefined, [], false]);
    const back = state({ name: "site" }, { name: "site", fullName: "acme/site" });
    assert.equal(judge(reading(renamed, back, ["name"]), true).outside, "changed");
  });
});
