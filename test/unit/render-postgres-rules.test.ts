/** What of a database's declaration is refused before Render is asked. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { PostgresInputs } from "../../providers/render/plugin/postgres/inputs.ts";
import { type Present, refusals } from "../../providers/render/plugin/postgres/refusals.ts";
import { checkPostgres, isNamed } from "../../providers/render/plugin/postgres/rules.ts";

const failing = (inputs: Partial<PostgresInputs>): string[] => checkPostgres(inputs).map(({ property }) => property);
const refused = (present: Present, declared: Partial<PostgresInputs>): string[] =>
  refusals(present, declared).map(({ property }) => property);

describe("a database that Render does not offer", () => {
  for (const [what, inputs, properties] of [
    ["a disk of 1 GB", { plan: "basic_1gb", diskSizeGB: 1 }, []],
    ["a disk of a multiple of 5 GB", { plan: "basic_1gb", diskSizeGB: 15 }, []],
    ["another size", { plan: "basic_1gb", diskSizeGB: 12 }, ["diskSizeGB"]],
    ["a disk of a free database", { plan: "free", diskSizeGB: 1 }, ["diskSizeGB"]],
    ["a standby of a Pro plan", { plan: "pro_4gb", version: "16", highAvailability: true }, []],
    ["a standby of a Basic plan", { plan: "basic_4gb", highAvailability: true }, ["highAvailability"]],
    ["a standby of an old version", { plan: "pro_4gb", version: "12", highAvailability: true }, ["highAvailability"]],
    ["a standby of a plan that is not known yet", { highAvailability: true }, []],
    ["two replicas of a name", { readReplicas: [{ name: "a" }, { name: "a" }] }, ["readReplicas[1].name"]],
  ] as const) {
    it(`${what}: ${properties.length > 0 ? "refused" : "taken"}`, () => {
      assert.deepEqual(failing(inputs as unknown as Partial<PostgresInputs>), properties);
    });
  }

  for (const [cidrBlock, isOne] of [
    ["203.0.113.7/32", true],
    ["0.0.0.0/0", true],
    ["2001:db8::/128", true],
    ["203.0.113.7", false],
    ["203.0.113.7/33", false],
    ["2001:db8::/129", false],
    ["203.0.113/24", false],
    ["office", false],
  ] as const) {
    it(`addresses ${cidrBlock}: ${isOne ? "taken" : "refused"}`, () => {
      const found = failing({ ipAllowList: [{ cidrBlock, description: "" }] });
      assert.deepEqual(found, isOne ? [] : ["ipAllowList[0].cidrBlock"]);
    });
  }

  it("names the next size up, because a disk cannot shrink again", () => {
    const [failure] = checkPostgres({ plan: "basic_1gb", diskSizeGB: 12 });
    assert.match(failure?.reason ?? "", /declare 15$/);
  });
});

describe("a change that would cost data", () => {
  const present: Present = {
    ownerId: "tea-1",
    region: "frankfurt",
    version: "16",
    plan: "basic_1gb",
    databaseName: "shop_abcd",
    databaseUser: "shop_user",
    diskSizeGB: 20,
  };

  it("is none where everything is as it was, is not declared, or is not known", () => {
    assert.deepEqual(refused(present, present as Partial<PostgresInputs>), []);
    assert.deepEqual(refused(present, {}), []);
    assert.deepEqual(refused({}, present as Partial<PostgresInputs>), []);
  });

  it("is refused for everything at once, with a step for each", () => {
    const declared = {
      ...{ ownerId: "tea-2", region: "ohio", version: "17", plan: "free", databaseName: "x", databaseUser: "y" },
      diskSizeGB: 5,
    } as Partial<PostgresInputs>;
    const found = refusals(present, declared);
    const properties = ["ownerId", "region", "databaseName", "databaseUser", "version", "plan", "diskSizeGB"];
    assert.deepEqual(
      found.map(({ property }) => property),
      properties,
    );
    for (const { reason } of found) assert.match(reason, /Declare|Upgrade it in the dashboard/);
  });

  it("is none for a name to which Render added its letters", () => {
    assert.deepEqual(refused(present, { databaseName: "shop", databaseUser: "shop_user" }), []);
    assert.ok(isNamed("shop_abcd", "shop"));
    assert.ok(!isNamed("shop_user2", "shop"));
    assert.ok(!isNamed("shopper_abcd", "shop"));
  });

  it("is none for a disk that Render has enlarged by itself", () => {
    assert.deepEqual(refused({ ...present, diskAutoscalingEnabled: true }, { diskSizeGB: 10 }), []);
    assert.deepEqual(refused(present, { diskSizeGB: 10 }), ["diskSizeGB"]);
  });
});
