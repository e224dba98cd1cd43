import assert from "node:assert/strict";
import { LAUNCHER, PARCEL, type ParcelWorld, startParcelWorld, TOKEN } from "./fixtures/parcel-world.ts";
import { secret, startPlugin } from "./harness.ts";

const PASSWORD = "open sesame/2+2";

describe("kit: secrets", () => {
  let world: ParcelWorld;
  beforeEach(async () => {
    world = await startParcelWorld();
  });
  afterEach(() => world.close());

  it("marks outputs where inputs were secret, what the definition names, and every copy", async () => {
    const tags = { a: secret("secret-of-a"), b: "plain", copy: "https://x:secret-of-a@host" };
    const made = await world.plugin.create(PARCEL, { name: "box", label: "secret-of-a", password: PASSWORD, tags });
    assert.deepEqual(made.outputs["tags"], { ...tags, copy: secret(tags.copy) });
    assert.deepEqual(made.outputs["password"], secret(PASSWORD));
    assert.deepEqual(made.outputs["label"], secret("secret-of-a"));
    assert.equal(made.outputs["parcelId"], "p1");
  });

  it("gives the service the plain values", async () => {
    await world.plugin.create(PARCEL, { name: "box", password: secret(PASSWORD), tags: { a: secret("aaaa") } });
    assert.equal(world.service.parcels.get("p1")?.["password"], PASSWORD);
    assert.deepEqual(world.service.parcels.get("p1")?.["tags"], { a: "aaaa" });
  });

  it("keeps marks through a refresh, also on a value changed by hand", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box", tags: { a: secret("aaaa"), b: "plain" } });
    const stored = world.service.parcels.get("p1");
    assert.ok(stored);
    world.service.parcels.set("p1", { ...stored, tags: { a: "by hand", b: "plain" } });
    const read = await world.plugin.read(PARCEL, made);
    assert.deepEqual(read?.inputs["tags"], { a: secret("by hand"), b: "plain" });
    assert.deepEqual(read?.outputs["tags"], { a: secret("by hand"), b: "plain" });
  });

  it("marks on import what nothing tells apart, without a later diff", async () => {
    world.service.parcels.set("p7", {
      ...{ id: "p7", name: "byhand", revision: 1, packed: true },
      ...{ password: PASSWORD, tags: { a: "x", b: "y" } },
    });
    const read = await world.plugin.read(PARCEL, "p7");
    assert.ok(read);
    assert.deepEqual(read.inputs["tags"], { a: secret("x"), b: secret("y") });
    assert.deepEqual(read.outputs["password"], secret(PASSWORD));
    const given = { name: "byhand", password: PASSWORD, tags: { a: secret("x"), b: "y" } };
    const news = await world.plugin.checked(PARCEL, given);
    assert.equal((await world.plugin.diff(PARCEL, read, news)).changes, false);
  });

  it("unmarks a leaf that the program made plain, with a new value", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box", tags: { a: secret("was-secret") } });
    const updated = await world.plugin.update(PARCEL, made, { name: "box", tags: { a: "plain now" } });
    assert.deepEqual(updated.outputs["tags"], { a: "plain now" });
  });

  it("lets no secret into an error, however the service echoes it", async () => {
    const message = `bad ${PASSWORD} ${encodeURIComponent(PASSWORD)} ${Buffer.from(PASSWORD).toString("base64")} ${TOKEN}`;
    world.service.spoil("POST", { kind: "answer", status: 422, body: { message } });
    await assert.rejects(world.plugin.create(PARCEL, { name: "box", password: PASSWORD }), (error: Error) => {
      assert.match(error.message, /bad \[secret\] \[secret\] \[secret\] \[secret\]/);
      return true;
    });
  });

  it("lets no secret of the old state into an error either", async () => {
    const made = await world.plugin.create(PARCEL, { name: "box", password: PASSWORD });
    world.service.spoil("PUT", { kind: "answer", status: 422, body: { message: `not ${PASSWORD}` } });
    const update = world.plugin.update(PARCEL, made, { name: "box", password: "something else" });
    await assert.rejects(update, /answered 422: not \[secret\]/);
  });

  it("lets no secret into the log", async () => {
    world.service.packing = false;
    const creating = world.plugin.create(
      PARCEL,
      { name: "box", ready: true, password: PASSWORD },
      { timeoutSeconds: 5 },
    );
    const line = await world.plugin.logged(({ message }) => message.includes("not packed yet"));
    const stored = world.service.parcels.get("p1");
    assert.ok(stored);
    world.service.parcels.set("p1", { ...stored, packed: true });
    await creating;
    assert.match(line.message, /with password \[secret\] is not/);
    assert.ok(line.urn.endsWith("::it"));
    assert.ok(world.plugin.log.every(({ message }) => !message.includes(PASSWORD) && !message.includes(TOKEN)));
  });
});

describe("kit: configuration", () => {
  const withPlugin = async (
    env: NodeJS.ProcessEnv,
    work: (plugin: Awaited<ReturnType<typeof startPlugin>>) => Promise<void>,
  ) => {
    const plugin = await startPlugin(LAUNCHER, env);
    try {
      await work(plugin);
    } finally {
      await plugin.stop();
    }
  };

  it("says what is missing in the environment, in CheckConfig and in Configure", () =>
    withPlugin({ PARCEL_TOKEN: undefined }, async (plugin) => {
      const { failures } = await plugin.checkConfig({});
      assert.deepEqual(failures, [{ property: "", reason: "no token: set PARCEL_TOKEN" }]);
      await assert.rejects(plugin.configure({}), /no token: set PARCEL_TOKEN/);
    }));

  it("checks keys and types, reading text as what the schema wants", () =>
    withPlugin({ PARCEL_TOKEN: TOKEN }, async (plugin) => {
      const { failures } = await plugin.checkConfig({ baseUri: "x", retries: "many", version: "1.2.3" });
      assert.deepEqual(failures.map(({ property }) => property).sort(), ["baseUri", "retries"]);
      const { inputs } = await plugin.checkConfig({ retries: "3", passphrase: "abc", version: "1.2.3" });
      assert.deepEqual(inputs, { retries: 3, passphrase: secret("abc"), version: "1.2.3" });
    }));

  it("never copies an environment value into the configuration", () =>
    withPlugin({ PARCEL_TOKEN: TOKEN, PARCEL_BASE_URL: "http://127.0.0.1:9" }, async (plugin) => {
      assert.deepEqual((await plugin.checkConfig({})).inputs, {});
    }));

  it("sees a changed configuration as an update, never as a replacement", () =>
    withPlugin({ PARCEL_TOKEN: TOKEN }, async (plugin) => {
      const { detailed, replaces } = await plugin.diffConfig({ baseUrl: "a" }, { baseUrl: "b" });
      assert.deepEqual(detailed, { baseUrl: "update" });
      assert.deepEqual(replaces, []);
    }));

  it("refuses calls before it is configured", () =>
    withPlugin({ PARCEL_TOKEN: TOKEN }, async (plugin) => {
      await assert.rejects(plugin.read(PARCEL, "p1"), /not configured yet/);
    }));
});
