import assert from "node:assert/strict";
import { PARCEL, type ParcelWorld, startParcelWorld } from "./fixtures/parcel-world.ts";
import { secret, UNKNOWN } from "./harness.ts";

describe("kit: Check", () => {
  let world: ParcelWorld;
  before(async () => {
    world = await startParcelWorld();
  });
  after(() => world.close());

  it("reports every problem at once, with property paths and suggestions", async () => {
    const given = { name: "x", lable: "a", size: "xl", items: [{ sku: "a" }, { skuu: "b", count: 0 }], tags: { a: 1 } };
    const { failures } = await world.plugin.check(PARCEL, given);
    const reasons = Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
    assert.deepEqual(Object.keys(reasons).sort(), [
      "items[1].count",
      "items[1].sku",
      "items[1].skuu",
      "lable",
      "name",
      "size",
      "tags.a",
    ]);
    assert.match(reasons["lable"] ?? "", /did you mean "label"\?/);
    assert.match(reasons["items[1].skuu"] ?? "", /did you mean "sku"\?/);
    assert.match(reasons["items[1].sku"] ?? "", /required/);
    assert.match(reasons["size"] ?? "", /"s"\|"m"\|"l"/);
  });

  it("adds the checks of the definition to those of the schema", async () => {
    const { failures } = await world.plugin.check(PARCEL, { name: "x", label: "bad" });
    assert.deepEqual(failures.map(({ property }) => property).sort(), ["label", "name"]);
  });

  it("names the new name of a renamed property", async () => {
    const { failures } = await world.plugin.check(PARCEL, { name: "box", title: "a" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["title"],
    );
    assert.match(failures[0]?.reason ?? "", /called "label" now/);
  });

  it("lists the known properties where nothing is near", async () => {
    const { failures } = await world.plugin.check(PARCEL, { name: "box", zebra: 1 });
    assert.match(failures[0]?.reason ?? "", /known are: name, label, size/);
  });

  it("completes defaults at any depth and keeps what was given", async () => {
    const { inputs, failures } = await world.plugin.check(PARCEL, { name: "box", items: [{ sku: "a" }] });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs, { name: "box", label: "none", size: "m", ready: false, items: [{ sku: "a", count: 1 }] });
  });

  it("does not judge what is unknown, and judges the rest", async () => {
    const given = {
      name: UNKNOWN,
      size: "xl",
      items: [{ sku: UNKNOWN, count: 0 }],
      tags: UNKNOWN,
      password: secret(UNKNOWN),
    };
    const { failures, inputs } = await world.plugin.check(PARCEL, given);
    assert.deepEqual(failures.map(({ property }) => property).sort(), ["items[0].count", "size"]);
    assert.equal(inputs["name"], UNKNOWN);
    assert.deepEqual(inputs["password"], secret(UNKNOWN));
  });

  it("finds a misspelt key inside an unknown neighbourhood", async () => {
    const { failures } = await world.plugin.check(PARCEL, { name: UNKNOWN, labell: UNKNOWN });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["labell"],
    );
  });

  it("marks secret properties that were passed in plain form", async () => {
    const { inputs } = await world.plugin.check(PARCEL, { name: "box", password: "long enough" });
    assert.deepEqual(inputs["password"], secret("long enough"));
  });

  it("does not let the engine print a plain secret that fails, also under a misspelt name", async () => {
    for (const given of [{ password: "short" }, { pasword: "short" }]) {
      const { failures } = await world.plugin.check(PARCEL, { name: "box", ...given });
      assert.equal(failures.length, 1);
      assert.equal(failures[0]?.property, "", "the engine prints the value of the property that is named here");
      assert.match(failures[0]?.reason ?? "", /^pass?word: /);
    }
  });

  it("says which resource types there are when asked for another", async () => {
    await assert.rejects(
      world.plugin.check("parcel:index:Letter", {}),
      /no resource type "parcel:index:Letter".*parcel:index:Parcel/,
    );
  });
});
