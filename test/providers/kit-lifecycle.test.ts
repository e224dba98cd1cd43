import assert from "node:assert/strict";
import { PARCEL, type ParcelWorld, startParcelWorld } from "./fixtures/parcel-world.ts";
import { PluginError, type State, secret, UNKNOWN } from "./harness.ts";

describe("kit: Create, Read, Update, Delete", () => {
  let world: ParcelWorld;
  beforeEach(async () => {
    world = await startParcelWorld();
  });
  afterEach(() => world.close());

  const partialOf = async (work: Promise<unknown>): Promise<{ message: string; partial: State | undefined }> => {
    const error = await work.then(
      () => assert.fail("the call succeeded"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PluginError);
    return { message: error.message, partial: error.partial };
  };

  it("creates, reads the same back, and deletes", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box", items: [{ sku: "a" }] });
    assert.equal(made.id, "p1");
    assert.equal(made.outputs["parcelId"], "p1");
    const read = await world.plugin.read(PARCEL, made);
    assert.deepEqual(read, made);
    await world.plugin.delete(PARCEL, made);
    assert.equal(world.service.parcels.size, 0);
    await world.plugin.delete(PARCEL, made);
  });

  it("reads an object that is gone as gone, known or imported", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box" });
    world.service.parcels.clear();
    assert.equal(await world.plugin.read(PARCEL, made), undefined);
    assert.equal(await world.plugin.read(PARCEL, "p1"), undefined);
  });

  it("imports inputs that make the next diff empty", async () => {
    world.service.parcels.set("p7", { id: "p7", name: "byhand", label: "L", revision: 3, packed: true, size: "m" });
    const read = await world.plugin.read(PARCEL, "p7");
    assert.ok(read);
    const news = await world.plugin.checked(PARCEL, { name: "byhand", label: "L" });
    assert.equal((await world.plugin.diff(PARCEL, read, news)).changes, false);
  });

  it("finds a change made by hand", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box", tags: { a: "1" } });
    const stored = world.service.parcels.get("p1");
    assert.ok(stored);
    world.service.parcels.set("p1", { ...stored, tags: { a: "2" } });
    const read = await world.plugin.read(PARCEL, made);
    assert.ok(read);
    assert.deepEqual((await world.plugin.diff(PARCEL, read, made.inputs)).detailed, { "tags.a": "update" });
  });

  it("previews a create without a request: inputs echoed, the rest unknown", async () => {
    const before = world.service.requests.length;
    const outputs = await world.plugin.previewCreate(PARCEL, {
      name: UNKNOWN,
      tags: { a: UNKNOWN, b: secret("b-secret") },
    });
    assert.deepEqual(outputs, {
      name: UNKNOWN,
      label: "none",
      size: "m",
      ready: false,
      tags: { a: UNKNOWN, b: secret("b-secret") },
      parcelId: UNKNOWN,
      revision: UNKNOWN,
    });
    assert.equal(world.service.requests.length, before);
  });

  it("previews an update: what stays is known, what changes with it is not", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box", tags: { a: "1" } });
    const outputs = await world.plugin.previewUpdate(PARCEL, made, { name: "box", label: UNKNOWN });
    assert.deepEqual(outputs, {
      name: "box",
      label: UNKNOWN,
      size: "m",
      ready: false,
      parcelId: "p1",
      revision: UNKNOWN,
    });
  });

  it("keeps what was created when the rest of a create fails", async () => {
    world.service.spoil(
      "GET",
      { kind: "answer", status: 200, body: [] },
      { kind: "answer", status: 500, body: { message: "broken" } },
    );
    const { message, partial } = await partialOf(world.plugin.create(PARCEL, { name: "box", ready: true }));
    assert.match(message, /Parcel GET \/parcels\/p1 answered 500: broken/);
    assert.equal(partial?.id, "p1");
    assert.equal(partial?.outputs["parcelId"], "p1");
    assert.equal(partial?.inputs["name"], "box");
    const continued = await world.plugin.update(PARCEL, partial, { name: "box", ready: true });
    assert.equal(continued.outputs["revision"], 2);
  });

  it("keeps what was updated when the rest of an update fails", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box" });
    world.service.spoil("GET", { kind: "answer", status: 500 });
    const { partial } = await partialOf(world.plugin.update(PARCEL, made, { name: "box", label: "new", ready: true }));
    assert.equal(partial?.outputs["label"], "new");
    assert.equal(partial?.inputs["label"], "new");
  });

  it("keeps nothing when the create itself is refused", async () => {
    world.service.spoil("POST", { kind: "answer", status: 422, body: { errors: [{ message: "too heavy" }] } });
    const { message, partial } = await partialOf(world.plugin.create(PARCEL, { name: "box" }));
    assert.match(message, /answered 422: too heavy \(request id req-1\)/);
    assert.equal(partial, undefined);
  });

  it("stops at the resource's timeout, saying how to raise it, with the state kept", async () => {
    world.service.packing = false;
    const { message, partial } = await partialOf(
      world.plugin.create(PARCEL, { name: "box", ready: true }, { timeoutSeconds: 0.3 }),
    );
    assert.match(message, /not finished within 0\.3 s; .*customTimeouts\.create/);
    assert.equal(partial?.id, "p1");
  });

  it("stops at once when cancelled, with the state kept, and refuses later calls", async () => {
    world.service.packing = false;
    const creating = partialOf(world.plugin.create(PARCEL, { name: "box", ready: true }));
    await world.plugin.logged(({ message }) => message === "packing");
    await world.plugin.cancel();
    const { message, partial } = await creating;
    assert.match(message, /cancelled; run the same command again/);
    assert.equal(partial?.id, "p1");
    await assert.rejects(world.plugin.create(PARCEL, { name: "other" }), /cancelled/);
  });

  it("waits for the answer to a creating request when cancelled meanwhile", async () => {
    world.service.spoil("POST", { kind: "hold" });
    const creating = partialOf(world.plugin.create(PARCEL, { name: "box", ready: true }));
    await world.service.requested("POST /parcels");
    await world.plugin.cancel();
    world.service.release();
    const { partial } = await creating;
    assert.equal(partial?.id, "p1");
  });

  it("answers functions, and their argument failures", async () => {
    await world.plugin.create(PARCEL, { name: "box" });
    assert.deepEqual((await world.plugin.invoke("parcel:index:countParcels", {})).result, { count: 1 });
    const { failures } = await world.plugin.invoke("parcel:index:countParcels", { nam: "x" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["nam"],
    );
  });
});
