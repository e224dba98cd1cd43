import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { PluginError, Secret } from "./harness.ts";
import { ENVIRONMENT, KEY_VALUE, PROJECT, type RenderWorld, startRenderWorld } from "./render-world.ts";

const SECRETS = ["internalConnectionString", "externalConnectionString", "cliCommand"];

describe("render:index:KeyValue", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const declared = (inputs: PropertyTree = {}): PropertyTree => ({
    name: "cache",
    ownerId: world.ownerId,
    plan: "starter",
    region: "frankfurt",
    ...inputs,
  });
  const wanted = (inputs: PropertyTree = {}) => world.plugin.checked(KEY_VALUE, declared(inputs));

  it("is created once, closed to the world, and waited for until it can be used; how to connect is secret", async () => {
    const { id, outputs } = await world.plugin.create(KEY_VALUE, declared());
    assert.match(id, /^red-/);
    assert.deepEqual(await world.writes(), ["POST /key-value"]);
    assert.deepEqual([outputs["status"], outputs["maxmemoryPolicy"]], ["available", "allkeys_lru"]);
    for (const name of SECRETS) assert.ok(outputs[name] instanceof Secret, name);
    assert.equal((await world.api("GET", `/key-value/${id}`)).ipAllowList, null);
    const { internalConnectionString } = await world.api("GET", `/key-value/${id}/connection-info`);
    assert.equal((outputs["internalConnectionString"] as Secret).value, internalConnectionString);
  });

  it("is made once when the answer to its creation is lost", async () => {
    await world.fault({ method: "POST", path: "/v1/key-value", when: "after", action: { cut: true } });
    const { id } = await world.plugin.create(KEY_VALUE, declared());
    assert.equal((await world.state())["keyValues"], 1);
    assert.ok(await world.api("GET", `/key-value/${id}`));
  });

  it("stays in the state when nobody can connect yet, and the next run goes on", async () => {
    await world.fault({
      method: "GET",
      path: "/v1/key-value/*/connection-info",
      action: { status: 500 },
      times: "always",
    });
    const error = await world.plugin.create(KEY_VALUE, declared(), { timeoutSeconds: 5 }).then(
      () => assert.fail("nobody can connect"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PluginError && error.partial);
    await world.endFaults();
    const finished = await world.plugin.update(KEY_VALUE, error.partial, declared());
    assert.ok(finished.outputs["internalConnectionString"] instanceof Secret);
    assert.equal((await world.state())["keyValues"], 1);
  });

  it("refuses a name that exists, with the command that adopts it", async () => {
    const { id } = await world.plugin.create(KEY_VALUE, declared());
    await assert.rejects(
      world.plugin.create(KEY_VALUE, declared()),
      new RegExp(`pulumi import render:index:KeyValue NAME ${id}`),
    );
    assert.equal((await world.state())["keyValues"], 1);
  });

  it("does not change when declared the same", async () => {
    const state = await world.plugin.create(KEY_VALUE, declared());
    assert.equal((await world.plugin.diff(KEY_VALUE, state, await wanted())).changes, false);
  });

  for (const [name, value] of [
    ["name", "queue"],
    ["plan", "standard"],
    ["maxmemoryPolicy", "noeviction"],
    ["persistenceMode", "off"],
    ["ipAllowList", [{ cidrBlock: "203.0.113.7/32", description: "office" }]],
  ] as const) {
    it(`changes ${name} in place, with one request that names nothing else; left out again, it stays`, async () => {
      const state = await world.plugin.create(KEY_VALUE, declared());
      const news = await wanted({ [name]: value } as PropertyTree);
      const diff = await world.plugin.diff(KEY_VALUE, state, news);
      assert.ok(Object.keys(diff.detailed).every((path) => path.startsWith(name)));
      assert.deepEqual(diff.replaces ?? [], []);
      await world.requests();
      const updated = await world.plugin.update(KEY_VALUE, state, news);
      assert.deepEqual(await world.writes(), [`PATCH /key-value/${state.id}`]);
      assert.deepEqual(updated.outputs[name], value);
      const refreshed = await world.plugin.read(KEY_VALUE, updated);
      assert.ok(refreshed);
      assert.deepEqual((await world.plugin.diff(KEY_VALUE, refreshed, news)).detailed, {});
      if (name === "maxmemoryPolicy" || name === "persistenceMode")
        assert.equal((await world.plugin.diff(KEY_VALUE, refreshed, await wanted())).changes, false);
    });
  }

  for (const [name, value] of [
    ["region", "oregon"],
    ["ownerId", "tea-other"],
  ] as const) {
    it(`is replaced for another ${name}, the old one first, whatever the new plan`, async () => {
      const state = await world.plugin.create(KEY_VALUE, declared());
      const diff = await world.plugin.diff(KEY_VALUE, state, await wanted({ [name]: value, plan: "free" }));
      assert.deepEqual(diff.replaces, [name]);
      assert.equal(diff.deleteBeforeReplace, true);
    });
  }

  it("refuses a smaller plan before anything is changed, in the preview and of what it has become meanwhile", async () => {
    const state = await world.plugin.create(KEY_VALUE, declared());
    await world.requests();
    const smaller = await wanted({ plan: "free" });
    await assert.rejects(
      world.plugin.previewUpdate(KEY_VALUE, state, smaller),
      /plan: is "starter", and Render makes no key value store smaller. Declare "starter" or a larger plan/,
    );
    await world.api("PATCH", `/key-value/${state.id}`, { plan: "pro" });
    await world.requests();
    await assert.rejects(
      world.plugin.update(KEY_VALUE, state, await wanted({ plan: "standard" })),
      /plan of key value store "cache" is "pro".*Nothing was changed/,
    );
    assert.deepEqual(await world.writes(), []);
  });

  it("says what of a declaration is not offered", async () => {
    const inputs = { plan: "free", persistenceMode: "snapshot", ipAllowList: [{ cidrBlock: "203.0.113.7" }] };
    const { failures } = await world.plugin.check(KEY_VALUE, declared(inputs));
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["persistenceMode", "ipAllowList[0].cidrBlock"],
    );
  });

  it("moves between environments, and is deleted with its own", async () => {
    const project = await world.plugin.create(PROJECT, {
      name: "shop",
      ownerId: world.ownerId,
      environments: [{ name: "production" }],
    });
    const { id: environmentId } = await world.plugin.create(ENVIRONMENT, { projectId: project.id, name: "review" });
    const state = await world.plugin.create(KEY_VALUE, declared({ environmentId }));
    const environment = () => world.api("GET", `/environments/${environmentId}`);
    assert.deepEqual((await environment()).redisIds, [state.id]);
    const outside = await world.plugin.update(KEY_VALUE, state, await wanted());
    assert.equal((await environment()).redisIds, null);
    await world.plugin.update(KEY_VALUE, outside, await wanted({ environmentId }));
    assert.deepEqual((await environment()).redisIds, [state.id]);
    await world.api("DELETE", `/environments/${environmentId}`);
    assert.equal(await world.plugin.read(KEY_VALUE, state), undefined);
    await world.plugin.delete(KEY_VALUE, state);
  });

  for (const by of ["id", "name"] as const) {
    it(`is imported by ${by} with all that can be declared, and declaring less changes nothing`, async () => {
      const ipAllowList = [{ cidrBlock: "10.0.0.0/8", description: "" }];
      const { id } = await world.plugin.create(KEY_VALUE, declared({ ipAllowList, maxmemoryPolicy: "noeviction" }));
      const imported = await world.plugin.read(KEY_VALUE, by === "id" ? id : "cache");
      assert.ok(imported);
      assert.equal(imported.id, id);
      for (const name of SECRETS) assert.ok(imported.outputs[name] instanceof Secret, name);
      assert.equal(imported.inputs["persistenceMode"], "journal_snapshot");
      const { maxmemoryPolicy: _policy, persistenceMode: _mode, ...inputs } = imported.inputs;
      for (const news of [imported.inputs, inputs]) {
        const checked = await world.plugin.checked(KEY_VALUE, news);
        assert.deepEqual((await world.plugin.diff(KEY_VALUE, imported, checked)).detailed, {});
      }
    });
  }

  it("shows an edit by hand as drift", async () => {
    const state = await world.plugin.create(KEY_VALUE, declared({ maxmemoryPolicy: "noeviction" }));
    await world.api("PATCH", `/key-value/${state.id}`, {
      maxmemoryPolicy: "allkeys_lru",
      ipAllowList: [{ cidrBlock: "0.0.0.0/0", description: "all" }],
    });
    const refreshed = await world.plugin.read(KEY_VALUE, state);
    assert.ok(refreshed);
    const { detailed } = await world.plugin.diff(KEY_VALUE, refreshed, await wanted({ maxmemoryPolicy: "noeviction" }));
    assert.deepEqual(Object.keys(detailed).sort(), ["ipAllowList[0]", "maxmemoryPolicy"]);
  });
});
