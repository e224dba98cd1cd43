import assert from "node:assert/strict";
import type { Databases } from "../../sandbox/services/core/databases.ts";
import { openStorage } from "../../sandbox/services/core/store.ts";
import { fakeDatabases } from "../support/fake-databases.ts";
import { type RenderUnderTest, startRender } from "./render-client.ts";

describe("emulated Render: databases", () => {
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
    name: "shop",
    ownerId: render.ownerId,
    plan: "pro_4gb",
    version: "16",
    ...change,
  });
  const create = async (change: object = {}) => {
    const { body } = await render.call("POST", "/postgres", wanted(change));
    return body;
  };

  it("answers a new database as unknown, with names made up, and has it available then", async () => {
    const made = await render.call(
      "POST",
      "/postgres",
      wanted({ databaseName: "", databaseUser: "", readReplicas: null }),
    );
    assert.equal(made.status, 201);
    assert.equal(made.body.status, "unknown");
    assert.match(made.body.databaseName, /^shop_[a-z0-9]{4}$/);
    assert.equal(made.body.databaseUser, `${made.body.databaseName}_user`);
    assert.deepEqual([made.body.ipAllowList, made.body.parameterOverrides], [null, undefined]);
    const path = `/postgres/${made.body.id}`;
    assert.equal((await render.call("GET", path)).body.status, "available");
    const { body } = await render.call("GET", `${path}/connection-info`);
    const { databaseName, databaseUser } = made.body;
    const user = `postgresql://${databaseUser}:${body.password}@`;
    assert.equal(body.internalConnectionString, `${user}${made.body.id}-a/${databaseName}`);
    assert.ok(body.externalConnectionString.startsWith(`${user}${made.body.id}-a.oregon-postgres.render.com/`));
  });

  it("changes what a PATCH names: overrides are all that there are, a replica goes by its name", async () => {
    const { id } = await create({ parameterOverrides: { max_connections: "100", work_mem: "4MB" } });
    const patch = async (change: object) => (await render.call("PATCH", `/postgres/${id}`, change)).body;
    const [replica] = (await patch({ readReplicas: [{ name: "reports" }] })).readReplicas;
    const changed = await patch({
      readReplicas: [{ name: "reports", parameterOverrides: { statement_timeout: "1" } }],
    });
    assert.deepEqual(changed.readReplicas, [{ ...replica, parameterOverrides: { statement_timeout: "1" } }]);
    assert.deepEqual((await patch({ parameterOverrides: { max_connections: "50" } })).parameterOverrides, {
      max_connections: "50",
    });
    const cleared = await patch({ parameterOverrides: {}, readReplicas: null, diskSizeGB: 20 });
    assert.deepEqual([cleared.parameterOverrides, cleared.readReplicas.length, cleared.diskSizeGB], [undefined, 1, 20]);
    const shown = await render.call("GET", `/postgres/${replica.id}`);
    assert.deepEqual([shown.body.role, shown.body.primaryPostgresID], ["replica", id]);
  });

  it("lists by filter and page, with replicas unless they are not asked for", async () => {
    const first = await create({ readReplicas: [{ name: "reports" }] });
    await create({ name: "blog", region: "frankfurt" });
    const names = async (query: string) =>
      (await render.call("GET", `/postgres?${query}`)).body.map(
        (item: { postgres: { name: string } }) => item.postgres.name,
      );
    assert.deepEqual(await names(""), ["shop", "reports", "blog"]);
    assert.deepEqual(await names("includeReplicas=false"), ["shop", "blog"]);
    assert.deepEqual(await names("name=blog"), ["blog"]);
    assert.deepEqual(await names("region=frankfurt&includeReplicas=false"), ["blog"]);
    assert.deepEqual(await names("ownerId=tea-other"), []);
    const page = await render.call("GET", "/postgres?limit=1&includeReplicas=false");
    assert.equal(page.body[0].postgres.id, first.id);
    assert.deepEqual(await names(`limit=1&includeReplicas=false&cursor=${page.body[0].cursor}`), ["blog"]);
  });

  for (const [what, change, message] of [
    [
      "a standby of a small plan",
      { plan: "basic_1gb", enableHighAvailability: true },
      /^invalid enableHighAvailability/,
    ],
    ["a disk between the sizes", { diskSizeGB: 12 }, /^invalid diskSizeGB: 12$/],
    ["a disk of a free database", { plan: "free", diskSizeGB: 10 }, /^invalid diskSizeGB: 10$/],
    ["an unknown plan", { plan: "huge" }, /^invalid plan: huge$/],
    ["an unknown environment", { environmentId: "evm-none" }, /^invalid environmentId: evm-none$/],
    ["another workspace", { ownerId: "tea-none" }, /^invalid ownerId: tea-none$/],
    ["no version", { version: undefined }, /^missing version$/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, body } = await render.call("POST", "/postgres", wanted(change));
      assert.equal(status, 400);
      assert.match(body.message, message);
      assert.equal(render.state()["postgres"], 0);
    });
  }

  it("keeps a standby from old versions", async () => {
    for (const [version, status] of [
      ["12", 400],
      ["13", 201],
    ] as const) {
      const answer = await render.call("POST", "/postgres", wanted({ version, enableHighAvailability: true }));
      assert.equal(answer.status, status, version);
    }
  });

  it("refuses a smaller disk, and a change to the free plan", async () => {
    const { id } = await create({ diskSizeGB: 20 });
    for (const change of [{ diskSizeGB: 10 }, { plan: "free" }]) {
      assert.equal((await render.call("PATCH", `/postgres/${id}`, change)).status, 400);
    }
    assert.equal((await render.call("GET", `/postgres/${id}`)).body.diskSizeGB, 20);
  });

  it("suspends and resumes, restarts, and fails over where there is a standby", async () => {
    const { id } = await create();
    const act = async (action: string) => (await render.call("POST", `/postgres/${id}/${action}`)).status;
    assert.deepEqual([await act("restart"), await act("failover"), await act("resume")], [202, 400, 400]);
    assert.equal(await act("suspend"), 202);
    const { body } = await render.call("GET", `/postgres/${id}`);
    assert.deepEqual([body.status, body.suspended, body.suspenders], ["suspended", "suspended", ["user"]]);
    assert.equal(await act("restart"), 400);
    assert.equal(await act("resume"), 202);
    await render.call("PATCH", `/postgres/${id}`, { enableHighAvailability: true });
    assert.equal(await act("failover"), 202);
    assert.equal((await render.call("GET", `/postgres/${id}`)).body.status, "available");
  });

  it("keeps exports, and recovers a paid database into another one", async () => {
    const { id, createdAt } = await create();
    assert.equal((await render.call("POST", `/postgres/${id}/export`)).status, 202);
    const exports = await render.call("GET", `/postgres/${id}/export`);
    assert.equal(exports.body.length, 1);
    const recovery = await render.call("GET", `/postgres/${id}/recovery`);
    assert.deepEqual(recovery.body, { recoveryStatus: "AVAILABLE", startsAt: createdAt });
    const early = await render.call("POST", `/postgres/${id}/recovery`, { restoreTime: "2020-01-01T00:00:00Z" });
    assert.equal(early.status, 400);
    const restored = { restoreTime: createdAt, restoreName: "shop-restored" };
    const copy = await render.call("POST", `/postgres/${id}/recovery`, restored);
    assert.deepEqual([copy.status, copy.body.name, copy.body.version], [200, "shop-restored", "16"]);
    assert.notEqual(copy.body.databaseUser, (await render.call("GET", `/postgres/${id}`)).body.databaseUser);
    assert.equal((await render.call("GET", `/postgres/${copy.body.id}`)).body.status, "available");
    const free = await create({ name: "free", plan: "free" });
    assert.ok(free.expiresAt > free.createdAt);
    assert.deepEqual((await render.call("GET", `/postgres/${free.id}/recovery`)).body, {
      recoveryStatus: "NOT_AVAILABLE",
    });
  });

  it("runs on the servers that it is given: provided again after a restart, and removed with it", async () => {
    const calls: string[] = [];
    const databases = fakeDatabases({
      async provide({ database, version }) {
        calls.push(`provide ${database}`);
        return { host: "127.0.0.1", port: 5433, version };
      },
      async remove({ user }) {
        calls.push(`remove ${user}`);
      },
    });
    const storage = openStorage(":memory:");
    const one = await start({ storage, databases });
    const { body } = await one.call("POST", "/postgres", wanted({ ownerId: one.ownerId, databaseName: "shop" }));
    const connection = `/postgres/${body.id}/connection-info`;
    const before = await one.call("GET", connection);
    assert.match(before.body.internalConnectionString, /@127\.0\.0\.1:5433\/shop$/);
    assert.match(before.body.psqlCommand, /-h 127\.0\.0\.1 -p 5433 -U shop_user shop$/);
    await one.close();
    started = started.filter((running) => running !== one);
    const two = await start({ storage, databases });
    assert.deepEqual((await two.call("GET", connection)).body, before.body);
    const same = await two.call("POST", "/postgres", wanted({ ownerId: two.ownerId, databaseName: "shop" }));
    assert.match(same.body.databaseName, /^shop_[a-z0-9]{4}$/);
    assert.equal((await two.call("DELETE", `/postgres/${body.id}`)).status, 204);
    assert.equal((await two.call("GET", connection)).status, 404);
    assert.deepEqual(calls, ["provide shop", "provide shop", `provide ${same.body.databaseName}`, "remove shop_user"]);
  });

  describe("with servers", () => {
    const exportsOf = async (one: RenderUnderTest, id: string): Promise<{ id: string; url?: string }[]> =>
      (await one.call("GET", `/postgres/${id}/export`)).body;
    /** Addresses of the files that are there. */
    const files = async (one: RenderUnderTest, id: string): Promise<string[]> =>
      (await exportsOf(one, id)).flatMap(({ url }) => url ?? []);
    const shop = { databaseName: "shop" };

    it("makes an export's file in the background, for whoever has its address, named by its minute", async () => {
      const asked: string[] = [];
      const file = new Uint8Array([31, 139, 8, 0]);
      let ready = (): void => {};
      const dump: Databases["dump"] = ({ database }, name) => {
        asked.push(`${name}/${database}`);
        return new Promise((resolve) => {
          ready = () => resolve(file);
        });
      };
      const one = await start({ databases: fakeDatabases({ dump }) });
      const { body } = await one.call("POST", "/postgres", wanted({ ownerId: one.ownerId, ...shop }));
      assert.equal((await one.call("POST", `/postgres/${body.id}/export`)).status, 202);
      await one.until(() => asked.length === 1, "the file is being made");
      assert.match(asked[0] ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\dZ\/shop$/);
      assert.deepEqual([(await exportsOf(one, body.id)).length, await files(one, body.id)], [1, []]);
      ready();
      await one.until(async () => (await files(one, body.id)).length === 1, "the file is there");
      const [url = ""] = await files(one, body.id);
      const fetched = await fetch(url);
      assert.deepEqual(new Uint8Array(await fetched.arrayBuffer()), file);
      assert.match(
        fetched.headers.get("content-disposition") ?? "",
        /filename="\d{4}-\d\d-\d\dT\d\d_\d\dZ\.dir\.tar\.gz"/,
      );
      assert.equal((await fetch(url.replace(/auth=.*/, "auth=other"))).status, 404);
      await one.call("DELETE", `/postgres/${body.id}`);
      assert.equal((await fetch(url)).status, 404);
    });

    it("makes the files anew that a former sandbox did not end, and lists one that cannot be made without an address", async () => {
      const storage = openStorage(":memory:");
      const failing = fakeDatabases({ dump: () => Promise.reject(new Error("no room")) });
      const one = await start({ storage, databases: failing });
      const { body } = await one.call("POST", "/postgres", wanted({ ownerId: one.ownerId }));
      await one.call("POST", `/postgres/${body.id}/export`);
      await one.until(() => one.logged.length > 0, "it is told");
      assert.deepEqual(one.logged, ["render: the database shop is not exported: no room"]);
      assert.deepEqual(await files(one, body.id), []);
      await one.close();
      started = started.filter((running) => running !== one);
      const two = await start({ storage, databases: fakeDatabases() });
      await two.until(async () => (await files(two, body.id)).length === 1, "the file is there");
    });

    it("fills a recovered database with the rows of the other one, and tells where it cannot", async () => {
      const archive = new Uint8Array([1, 2, 3]);
      const restored: [database: string, archive: Uint8Array][] = [];
      let restore: Databases["restore"] = async ({ database }, what) => void restored.push([database, what]);
      const dump: Databases["dump"] = async () => archive;
      const databases = fakeDatabases({ dump, restore: (...args) => restore(...args) });
      const one = await start({ databases });
      const { body } = await one.call("POST", "/postgres", wanted({ ownerId: one.ownerId, ...shop }));
      const recover = async (): Promise<{ id: string; databaseName: string }> =>
        (await one.call("POST", `/postgres/${body.id}/recovery`, { restoreTime: body.createdAt })).body;
      const status = async (id: string): Promise<string> => (await one.call("GET", `/postgres/${id}`)).body.status;
      const copy = await recover();
      await one.until(async () => (await status(copy.id)) === "available", "the copy is there");
      assert.deepEqual(restored, [[copy.databaseName, archive]]);
      restore = () => Promise.reject(new Error("no room"));
      const failed = await recover();
      await one.until(async () => (await status(failed.id)) === "recovery_failed", "the other one has failed");
      assert.equal(await status(body.id), "available");
    });
  });

  it("tells of a database that does not come up", async () => {
    const databases = fakeDatabases({ provide: () => Promise.reject(new Error("no room")) });
    const other = await start({ databases });
    const { body } = await other.call("POST", "/postgres", wanted({ ownerId: other.ownerId }));
    await other.call("GET", `/postgres/${body.id}/connection-info`);
    assert.equal((await other.call("GET", `/postgres/${body.id}`)).body.status, "unavailable");
    assert.deepEqual(other.logged, ["render: the database shop does not run: no room"]);
  });
});
