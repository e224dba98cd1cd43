import assert from "node:assert/strict";
import { PARCEL, type ParcelWorld, startParcelWorld } from "./fixtures/parcel-world.ts";
import { type State, secret, UNKNOWN } from "./harness.ts";

const INPUTS = {
  name: "box",
  label: "none",
  size: "m",
  ready: false,
  password: secret("open-sesame"),
  tags: { a: "1", b: secret("two-two-two"), "with space": "x" },
  items: [
    { sku: "x", count: 1 },
    { sku: "y", count: 2 },
  ],
};
const STATE: State = { id: "p1", inputs: INPUTS, outputs: { ...INPUTS, parcelId: "p1", revision: 1 } };

describe("kit: Diff", () => {
  let world: ParcelWorld;
  before(async () => {
    world = await startParcelWorld();
  });
  after(() => world.close());

  const diff = (news: Record<string, unknown>, ignoreChanges: readonly string[] = []) =>
    world.plugin.diff(PARCEL, STATE, { ...INPUTS, ...news }, { ignoreChanges });

  it("finds nothing between equals, secret or not", async () => {
    assert.deepEqual(await diff({}), { changes: false, detailed: {}, replaces: [], deleteBeforeReplace: false });
  });

  it("names each nested property that changed, was added or removed", async () => {
    const news = {
      label: "new",
      tags: { a: "1", b: secret("changed-two"), c: "3" },
      items: [
        { sku: "x", count: 5 },
        { sku: "y", count: 2 },
        { sku: "z", count: 1 },
      ],
    };
    const { detailed } = await diff(news);
    assert.deepEqual(detailed, {
      label: "update",
      "tags.b": "update",
      "tags.c": "add",
      'tags["with space"]': "delete",
      "items[0].count": "update",
      "items[2]": "add",
    });
  });

  it("replaces, and deletes first only where the definition says so", async () => {
    const resized = await diff({ size: "l" });
    assert.deepEqual(resized.detailed, { size: "update-replace" });
    assert.deepEqual(resized.replaces, ["size"]);
    assert.equal(resized.deleteBeforeReplace, false);
    const renamed = await diff({ name: "other", label: "x" });
    assert.deepEqual(renamed.detailed, { name: "update-replace", label: "update" });
    assert.equal(renamed.deleteBeforeReplace, true);
  });

  it("takes an unknown for a change, at its own path", async () => {
    assert.deepEqual((await diff({ tags: { ...INPUTS.tags, a: UNKNOWN } })).detailed, { "tags.a": "update" });
    assert.deepEqual((await diff({ name: UNKNOWN })).detailed, { name: "update-replace" });
  });

  it("updates a value that became secret, so that no plain copy stays", async () => {
    assert.deepEqual((await diff({ tags: { ...INPUTS.tags, a: secret("1") } })).detailed, { "tags.a": "update" });
    assert.equal((await diff({ tags: { ...INPUTS.tags, b: "two-two-two" } })).changes, false);
  });

  it("ignores what ignoreChanges names, with wildcards and below", async () => {
    const news = { label: "new", tags: { a: "9", "with space": "y" }, items: [{ sku: "q", count: 9 }] };
    const { detailed } = await diff(news, ["label", "tags.*", "items[*].count", "items[1]"]);
    assert.deepEqual(detailed, { "items[0].sku": "update" });
    assert.equal((await diff(news, ["label", "tags", "items"])).changes, false);
    assert.deepEqual(
      (await diff({ tags: { ...INPUTS.tags, "with space": "y" } }, ['tags["with space"]'])).detailed,
      {},
    );
  });

  it("reads a renamed property of an old state under its new name", async () => {
    const { label, ...rest } = INPUTS;
    const old: State = { id: "p1", inputs: { ...rest, title: label }, outputs: { ...rest, title: label } };
    assert.equal((await world.plugin.diff(PARCEL, old, INPUTS)).changes, false);
    assert.deepEqual((await world.plugin.diff(PARCEL, old, { ...INPUTS, label: "x" })).detailed, { label: "update" });
  });
});
