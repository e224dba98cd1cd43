import assert from "node:assert/strict";
import type { CacheRequest, Caches } from "../../sandbox/services/core/caches.ts";
import { openStorage } from "../../sandbox/services/core/store.ts";
import { type RenderUnderTest, startRender } from "./render-client.ts";

describe("emulated Render: key value stores", () => {
  let render: RenderUnderTest;
  let started: RenderUnderTest[];
  const start = async (options: Parameters<typeof startRender>[0] = {}): Promise<RenderUnderTest> => {
    const one = await startRender(options);
    started.push(one);
    return one;
  };
  beforeEach(async () => {
    started = [];
    render = await start();
  });
  afterEach(() => Promise.all(started.map((one) => one.close())));

  const wanted = (change: object = {}): object => ({
    name: "cache",
    ownerId: render.ownerId,
    plan: "starter",
    ipAllowList: [],
    ...change,
  });
  const create = async (change: object = {}) => (await render.call("POST", "/key-value", wanted(change))).body;

  it("answers a new store as unknown, with what Render chooses, and has it available then", async () => {
    const made = await render.call("POST", "/key-value", wanted());
    assert.deepEqual([made.status, made.body.status, made.body.ipAllowList], [201, "unknown", null]);
    assert.match(made.body.id, /^red-/);
    assert.deepEqual(made.body.options, { maxmemoryPolicy: "allkeys_lru", persistenceMode: "journal_snapshot" });
    assert.ok(!("dashboardUrl" in made.body));
    const path = `/key-value/${made.body.id}`;
    assert.equal((await render.call("GET", path)).body.status, "available");
    const { body } = await render.call("GET", `${path}/connection-info`);
    assert.equal(body.internalConnectionString, `redis://${made.body.id}:6379`);
    const [, password] = /^rediss:\/\/red-\w+:([\w-]{20,})@oregon-keyvalue\.render\.com:6379$/.exec(
      body.externalConnectionString,
    ) ?? [assert.fail(body.externalConnectionString)];
    assert.match(body.cliCommand, new RegExp(`^REDISCLI_AUTH=${password} valkey-cli .*--tls$`));
  });

  it("lists by filter and page", async () => {
    const first = await create();
    await create({ name: "queue", region: "frankfurt" });
    const names = async (query: string) =>
      (await render.call("GET", `/key-value?${query}`)).body.map(
        (item: { keyValue: { name: string } }) => item.keyValue.name,
      );
    assert.deepEqual(await names(""), ["cache", "queue"]);
    assert.deepEqual(await names("name=queue"), ["queue"]);
    assert.deepEqual(await names("region=frankfurt"), ["queue"]);
    assert.deepEqual(await names("ownerId=tea-other"), []);
    const page = await render.call("GET", "/key-value?limit=1");
    assert.equal(page.body[0].keyValue.id, first.id);
    assert.deepEqual(await names(`limit=1&cursor=${page.body[0].cursor}`), ["queue"]);
  });

  for (const [what, change, message] of [
    ["persistence of a free store", { plan: "free", persistenceMode: "snapshot" }, /^invalid persistenceMode/],
    ["an unknown plan", { plan: "huge" }, /^invalid plan: huge$/],
    ["an unknown policy", { maxmemoryPolicy: "allkeys-lru" }, /^invalid maxmemoryPolicy/],
    ["an unknown environment", { environmentId: "evm-none" }, /^invalid environmentId: evm-none$/],
    ["another workspace", { ownerId: "tea-none" }, /^invalid ownerId: tea-none$/],
    ["no plan", { plan: undefined }, /^missing plan$/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, body } = await render.call("POST", "/key-value", wanted(change));
      assert.equal(status, 400);
      assert.match(body.message, message);
      assert.equal(render.state()["keyValues"], 0);
    });
  }

  it("grows, and is not made smaller", async () => {
    const { id, options } = await create({ plan: "free" });
    assert.equal(options.persistenceMode, "off");
    const patch = (change: object) => render.call("PATCH", `/key-value/${id}`, change);
    const grown = await patch({ plan: "standard" });
    assert.deepEqual([grown.status, grown.body.options.persistenceMode], [200, "journal_snapshot"]);
    for (const plan of ["free", "starter"]) assert.equal((await patch({ plan })).status, 400);
    assert.equal((await render.call("GET", `/key-value/${id}`)).body.plan, "standard");
  });

  it("runs on the server that it is given: with its settings after each change and a restart, and ends with it", async () => {
    const provided: CacheRequest[] = [];
    const removed: string[] = [];
    const caches: Caches = {
      async provide(request) {
        provided.push(request);
        return { host: "127.0.0.1", port: 6390 };
      },
      remove: async (id) => void removed.push(id),
      clear: async () => {},
      close: async () => {},
    };
    const storage = openStorage(":memory:");
    const one = await start({ storage, caches });
    const { body } = await one.call("POST", "/key-value", wanted({ ownerId: one.ownerId }));
    const connection = `/key-value/${body.id}/connection-info`;
    const before = await one.call("GET", connection);
    assert.match(before.body.internalConnectionString, /^redis:\/\/default:[\w-]{20,}@127\.0\.0\.1:6390$/);
    const change = { plan: "standard", maxmemoryPolicy: "volatile_ttl", persistenceMode: "off", name: "other" };
    const changed = await one.call("PATCH", `/key-value/${body.id}`, change);
    assert.equal(changed.body.status, "updating_instance");
    await one.call("GET", connection);
    assert.equal((await one.call("GET", `/key-value/${body.id}`)).body.status, "available");
    await one.call("PATCH", `/key-value/${body.id}`, { name: "renamed" });
    await one.close();
    started = started.filter((running) => running !== one);
    const two = await start({ storage, caches });
    assert.deepEqual((await two.call("GET", connection)).body, before.body);
    assert.equal((await two.call("DELETE", `/key-value/${body.id}`)).status, 204);
    assert.equal((await two.call("GET", connection)).status, 404);
    const MB = 2 ** 20;
    const { id } = body;
    const [{ password } = assert.fail("never provided")] = provided;
    const settings = { maxmemoryBytes: 1_024 * MB, maxmemoryPolicy: "volatile-ttl", persistence: "off" };
    const first = { maxmemoryBytes: 256 * MB, maxmemoryPolicy: "allkeys-lru", persistence: "journal_snapshot" };
    assert.deepEqual(
      provided,
      [first, settings, settings].map((one) => ({ id, password, ...one })),
    );
    assert.deepEqual(removed, [id]);
  });

  it("tells of a store that does not come up", async () => {
    const caches: Caches = {
      provide: () => Promise.reject(new Error("no room")),
      remove: async () => {},
      clear: async () => {},
      close: async () => {},
    };
    const other = await start({ caches });
    const { body } = await other.call("POST", "/key-value", wanted({ ownerId: other.ownerId }));
    await other.call("GET", `/key-value/${body.id}/connection-info`);
    assert.equal((await other.call("GET", `/key-value/${body.id}`)).body.status, "unavailable");
    assert.deepEqual(other.logged, ["render: the key value store cache does not run: no room"]);
  });
});
