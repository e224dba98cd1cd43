import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import type { PropertyTree } from "../../providers/kit/values.ts";
import type { DatabaseRequest } from "../../sandbox/services/core/databases.ts";
import { fakeDatabases } from "../support/fake-databases.ts";
import { PluginError, Secret } from "./harness.ts";
import { ENVIRONMENT, POSTGRES, PROJECT, type RenderWorld, startRenderWorld } from "./render-world.ts";

const SECRETS = ["password", "internalConnectionString", "externalConnectionString", "psqlCommand"];

describe("render:index:Postgres", () => {
  let world: RenderWorld;
  /** What a server of databases is to do; it makes one at once unless a test says otherwise. */
  let provide: (request: DatabaseRequest) => Promise<void>;
  before(async () => {
    const databases = fakeDatabases();
    world = await startRenderWorld({}, undefined, {
      ...databases,
      async provide(request) {
        await provide(request);
        return databases.provide(request);
      },
    });
  });
  after(() => world.stop());
  beforeEach(async () => {
    provide = async () => {};
    await world.reset();
  });

  const declared = (inputs: PropertyTree = {}): PropertyTree => ({
    name: "shop",
    ownerId: world.ownerId,
    plan: "basic_1gb",
    version: "16",
    region: "frankfurt",
    ...inputs,
  });
  const wanted = (inputs: PropertyTree = {}) => world.plugin.checked(POSTGRES, declared(inputs));

  it("is created once, closed to the world, and waited for until it can be used; how to connect is secret", async () => {
    const { id, outputs } = await world.plugin.create(POSTGRES, declared());
    assert.match(id, /^dpg-/);
    assert.deepEqual(await world.writes(), ["POST /postgres"]);
    assert.deepEqual([outputs["status"], outputs["suspended"]], ["available", false]);
    for (const name of SECRETS) assert.ok(outputs[name] instanceof Secret, name);
    const found = await world.api("GET", `/postgres/${id}`);
    assert.equal(found.ipAllowList, null);
    assert.deepEqual([outputs["databaseName"], outputs["databaseUser"]], [found.databaseName, found.databaseUser]);
    assert.match(String(found.databaseName), /^shop_/);
    const { internalConnectionString } = await world.api("GET", `/postgres/${id}/connection-info`);
    assert.equal((outputs["internalConnectionString"] as Secret).value, internalConnectionString);
  });

  it("waits while Render makes it", async () => {
    const asked = new Promise<() => void>((resolve) => {
      provide = () => new Promise((made) => resolve(made));
    });
    const creating = world.plugin.create(POSTGRES, declared());
    const finish = await asked;
    while (!(await world.requests()).some((request) => /^GET \/postgres\/dpg-/.test(request)));
    finish();
    assert.equal((await creating).outputs["status"], "available");
  });

  it("says what Render says when its time is over, keeps it in the state, and the next run goes on", async () => {
    provide = () => Promise.reject(new Error("no room"));
    const error = await world.plugin.create(POSTGRES, declared(), { timeoutSeconds: 5 }).then(
      () => assert.fail("it cannot be used"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PluginError && error.partial);
    assert.match(error.message, /Render says of database dpg-\w+: still "unavailable".*customTimeouts\.create/s);
    provide = async () => {};
    await world.api("POST", `/postgres/${error.partial.id}/suspend`);
    await assert.rejects(
      world.plugin.update(POSTGRES, error.partial, declared()),
      /Render says "suspended" \(by: user\) of database "shop".*Resume it at https/s,
    );
    await world.api("POST", `/postgres/${error.partial.id}/resume`);
    const finished = await world.plugin.update(POSTGRES, error.partial, declared());
    assert.equal(finished.outputs["status"], "available");
    assert.ok(finished.outputs["internalConnectionString"] instanceof Secret);
    assert.equal((await world.state())["postgres"], 1);
  });

  it("is made once when the answer to its creation is lost", async () => {
    await world.fault({ method: "POST", path: "/v1/postgres", when: "after", action: { cut: true } });
    const { id } = await world.plugin.create(POSTGRES, declared());
    assert.equal((await world.state())["postgres"], 1);
    assert.ok(await world.api("GET", `/postgres/${id}`));
  });

  it("refuses a name that exists, with the command that adopts it", async () => {
    const { id } = await world.plugin.create(POSTGRES, declared());
    await assert.rejects(
      world.plugin.create(POSTGRES, declared()),
      new RegExp(`pulumi import render:index:Postgres NAME ${id}`),
    );
    assert.equal((await world.state())["postgres"], 1);
  });

  it("does not change when declared the same", async () => {
    const state = await world.plugin.create(POSTGRES, declared());
    assert.equal((await world.plugin.diff(POSTGRES, state, await wanted())).changes, false);
  });

  for (const [name, value] of [
    ["name", "store"],
    ["plan", "pro_4gb"],
    ["diskSizeGB", 100],
    ["ipAllowList", [{ cidrBlock: "203.0.113.7/32", description: "office" }]],
    ["parameterOverrides", { max_connections: "200" }],
    ["readReplicas", [{ name: "reports", parameterOverrides: { statement_timeout: "30000" } }]],
  ] as const) {
    it(`changes ${name} in place, with one request that names nothing else`, async () => {
      const state = await world.plugin.create(POSTGRES, declared());
      const news = await wanted({ [name]: value } as PropertyTree);
      const diff = await world.plugin.diff(POSTGRES, state, news);
      assert.ok(Object.keys(diff.detailed).every((path) => path.startsWith(name)));
      assert.deepEqual(diff.replaces ?? [], []);
      await world.requests();
      const updated = await world.plugin.update(POSTGRES, state, news);
      assert.deepEqual(await world.writes(), [`PATCH /postgres/${state.id}`]);
      assert.deepEqual(updated.outputs[name], value);
      const refreshed = await world.plugin.read(POSTGRES, updated);
      assert.ok(refreshed);
      assert.deepEqual((await world.plugin.diff(POSTGRES, refreshed, news)).detailed, {});
    });
  }

  it("gets a standby together with a plan that offers one", async () => {
    const state = await world.plugin.create(POSTGRES, declared());
    await world.plugin.update(POSTGRES, state, await wanted({ plan: "pro_4gb", highAvailability: true }));
    assert.equal((await world.api("GET", `/postgres/${state.id}`)).highAvailabilityEnabled, true);
  });

  it("loses the settings and replicas that were declared and are not any more, and keeps those of others", async () => {
    const own = { parameterOverrides: { work_mem: "4MB" }, readReplicas: [{ name: "reports" }] };
    const state = await world.plugin.create(POSTGRES, declared(own));
    const without = await world.plugin.update(POSTGRES, state, await wanted());
    const found = await world.api("GET", `/postgres/${state.id}`);
    assert.deepEqual([found.parameterOverrides, found.readReplicas], [undefined, []]);
    await world.api("PATCH", `/postgres/${state.id}`, own);
    const updated = await world.plugin.update(POSTGRES, without, await wanted({ diskSizeGB: 20 }));
    assert.equal((await world.api("GET", `/postgres/${state.id}`)).readReplicas.length, 1);
    assert.deepEqual(Object.keys(updated.outputs["readReplicaIds"] as object), ["reports"]);
  });

  it("moves between environments, and is deleted with its own", async () => {
    const project = await world.plugin.create(PROJECT, {
      name: "shop",
      ownerId: world.ownerId,
      environments: [{ name: "production" }],
    });
    const { id: environmentId } = await world.plugin.create(ENVIRONMENT, { projectId: project.id, name: "review" });
    const state = await world.plugin.create(POSTGRES, declared({ environmentId }));
    const environment = () => world.api("GET", `/environments/${environmentId}`);
    assert.deepEqual((await environment()).databasesIds, [state.id]);
    const outside = await world.plugin.update(POSTGRES, state, await wanted());
    assert.equal((await environment()).databasesIds, null);
    await world.plugin.update(POSTGRES, outside, await wanted({ environmentId }));
    assert.deepEqual((await environment()).databasesIds, [state.id]);
    await world.api("DELETE", `/environments/${environmentId}`);
    assert.equal(await world.plugin.read(POSTGRES, state), undefined);
    await world.plugin.delete(POSTGRES, state);
  });

  for (const by of ["id", "name"] as const) {
    it(`is imported by ${by} with all that can be declared, and declaring that changes nothing`, async () => {
      const ipAllowList = [{ cidrBlock: "10.0.0.0/8", description: "" }];
      const { id } = await world.plugin.create(POSTGRES, declared({ ipAllowList, diskSizeGB: 20 }));
      const imported = await world.plugin.read(POSTGRES, by === "id" ? id : "shop");
      assert.ok(imported);
      assert.equal(imported.id, id);
      for (const name of SECRETS) assert.ok(imported.outputs[name] instanceof Secret, name);
      const { databaseName: _name, databaseUser: _user, diskSizeGB: _disk, ...inputs } = imported.inputs;
      for (const news of [imported.inputs, inputs]) {
        const checked = await world.plugin.checked(POSTGRES, news);
        assert.deepEqual((await world.plugin.diff(POSTGRES, imported, checked)).detailed, {});
      }
    });
  }

  it("shows an edit by hand as drift", async () => {
    const state = await world.plugin.create(POSTGRES, declared());
    await world.api("PATCH", `/postgres/${state.id}`, {
      ipAllowList: [{ cidrBlock: "0.0.0.0/0", description: "all" }],
    });
    const refreshed = await world.plugin.read(POSTGRES, state);
    assert.ok(refreshed);
    const { detailed } = await world.plugin.diff(POSTGRES, refreshed, await wanted());
    assert.deepEqual(Object.keys(detailed), ["ipAllowList[0]"]);
  });

  for (const [name, value, words] of [
    ["version", "17", /version.* is 16, and Render's API cannot change it to 17.*Upgrade it in the dashboard/s],
    ["version", "15", /version.*never downgraded: declare "16"/s],
    ["region", "oregon", /region.*is "frankfurt".*Declare "frankfurt".*another database under another name/s],
    ["ownerId", "tea-other", /ownerId.*is "tea-.*cannot change it to "tea-other"/s],
    ["databaseName", "other", /databaseName.*is "shop_.*cannot change it to "other"/s],
    ["databaseUser", "other", /databaseUser.*is "shop_.*cannot change it to "other"/s],
    ["diskSizeGB", 5, /diskSizeGB.*is 15, and a disk never shrinks. Declare 15 or more/s],
  ] as const) {
    it(`refuses another ${name} (${value}) before anything is changed, and never replaces`, async () => {
      const state = await world.plugin.create(POSTGRES, declared());
      const news = declared({ [name]: value });
      await world.requests();
      const { failures } = await world.plugin.check(POSTGRES, news, state.inputs);
      if (["version", "region", "ownerId"].includes(name))
        assert.deepEqual(
          failures.map(({ property }) => property),
          [name],
        );
      const checked = await world.plugin.checked(POSTGRES, news);
      assert.deepEqual((await world.plugin.diff(POSTGRES, state, checked)).replaces ?? [], []);
      await assert.rejects(world.plugin.previewUpdate(POSTGRES, state, checked), words);
      assert.deepEqual(await world.writes(), []);
    });
  }

  it("shows what somebody has changed that it refuses to change back: a new major version, a larger disk", async () => {
    const state = await world.plugin.create(POSTGRES, declared({ diskSizeGB: 15 }));
    await world.api("PATCH", `/postgres/${state.id}`, { diskSizeGB: 50 });
    const refreshed = await world.plugin.read(POSTGRES, state);
    assert.ok(refreshed);
    const { detailed } = await world.plugin.diff(POSTGRES, refreshed, state.inputs);
    assert.deepEqual(Object.keys(detailed), ["diskSizeGB"]);
    const upgraded = { ...state, inputs: { ...state.inputs, version: "17" } };
    const version = await world.plugin.diff(POSTGRES, upgraded, state.inputs);
    assert.deepEqual(Object.keys(version.detailed), ["version"]);
  });

  it("refuses what the database has become meanwhile, before writing", async () => {
    const state = await world.plugin.create(POSTGRES, declared());
    await world.api("PATCH", `/postgres/${state.id}`, { diskSizeGB: 50 });
    await world.requests();
    await assert.rejects(
      world.plugin.update(POSTGRES, state, await wanted({ diskSizeGB: 20 })),
      /diskSizeGB of database "shop" is 50, and a disk never shrinks.*Nothing was changed/s,
    );
    assert.deepEqual(await world.writes(), []);
  });
});
