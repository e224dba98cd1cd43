import assert from "node:assert/strict";
import { PARCEL, type ParcelWorld, startParcelWorld } from "./fixtures/parcel-world.ts";

describe("kit: creating once", () => {
  let world: ParcelWorld;
  beforeEach(async () => {
    world = await startParcelWorld();
  });
  afterEach(() => world.close());

  const posts = (): number => world.service.requests.filter((request) => request === "POST /parcels").length;

  it("adopts what a lost answer had created", async () => {
    world.service.spoil("POST", { kind: "lose" });
    const made = await world.plugin.create(PARCEL, { name: "box" });
    assert.equal(made.id, "p1");
    assert.equal(world.service.parcels.size, 1);
    assert.equal(posts(), 1);
  });

  it("sends the request again when nothing had come of it", async () => {
    world.service.spoil("POST", { kind: "refuse" });
    const made = await world.plugin.create(PARCEL, { name: "box" });
    assert.equal(made.id, "p1");
    assert.equal(posts(), 2);
  });

  it("adopts on a refused repetition: the first request was only slow to take effect", async () => {
    const hidden = { kind: "answer", status: 200, body: [] } as const;
    world.service.spoil("POST", { kind: "lose" });
    world.service.spoil("GET", hidden, hidden, hidden, hidden);
    const made = await world.plugin.create(PARCEL, { name: "box" });
    assert.equal(made.id, "p1");
    assert.equal(posts(), 2);
    assert.equal(world.service.parcels.size, 1);
  });

  it("never takes what was there before the call", async () => {
    world.service.parcels.set("p0", { id: "p0", name: "box", revision: 1, packed: true });
    await assert.rejects(world.plugin.create(PARCEL, { name: "box" }), /answered 409: the name box is taken/);
    world.service.spoil("POST", { kind: "refuse" });
    await assert.rejects(world.plugin.create(PARCEL, { name: "box" }), /answered 409: the name box is taken/);
    assert.deepEqual([...world.service.parcels.keys()], ["p0"]);
  });

  it("gives up after three lost answers with nothing to show", async () => {
    world.service.spoil("POST", { kind: "refuse" }, { kind: "refuse" }, { kind: "refuse" });
    await assert.rejects(world.plugin.create(PARCEL, { name: "box" }), /got no answer/);
    assert.equal(posts(), 3);
    assert.equal(world.service.parcels.size, 0);
  });
});
