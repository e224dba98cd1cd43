import assert from "node:assert/strict";
import { differencesBetween, stepsOf } from "../../cli/seal/steps.ts";

const SITE = "urn:pulumi:prod::delivery::delivery:environment:Site$render:index:WebService::site";

const preview = (op: string, ...paths: string[]) =>
  stepsOf(
    JSON.stringify({
      steps: [{ op, urn: SITE, detailedDiff: Object.fromEntries(paths.map((path) => [path, { kind: "update" }])) }],
    }),
  );

describe("two previews compared", () => {
  it("are alike when they do the same with the same properties", () => {
    assert.deepEqual(differencesBetween(preview("update", "a", "b"), preview("update", "b", "a")), []);
    assert.deepEqual(differencesBetween(preview("same"), stepsOf("{}")), []);
    assert.deepEqual(differencesBetween(preview("read"), stepsOf('{"steps":null}')), []);
  });

  it("differ by resource and property", () => {
    assert.deepEqual(differencesBetween(preview("same"), preview("update", "environmentVariables.API_KEY")), [
      "site (render:index:WebService): update of environmentVariables.API_KEY (update) instead of same",
    ]);
    assert.deepEqual(differencesBetween(preview("update", "a", "b"), preview("update", "b", "c")), [
      "site (render:index:WebService): c (update) too many, a (update) missing",
    ]);
    assert.deepEqual(differencesBetween(preview("update", "a"), preview("replace", "a")), [
      "site (render:index:WebService): replace of a (update) instead of update of a (update)",
    ]);
  });

  it("take the engine's keys where there is no detail", () => {
    const steps = stepsOf(JSON.stringify({ steps: [{ op: "update", urn: SITE, diffReasons: ["image"] }] }));
    assert.deepEqual(steps.get(SITE), { operations: ["update"], differences: ["image"] });
  });
});
