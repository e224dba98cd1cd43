import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import type { State } from "./harness.ts";
import { ENVIRONMENT, PROJECT, type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("render:index:Project and render:index:Environment", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const environments = [
    { name: "production", protectedStatus: "protected", networkIsolationEnabled: true },
    { name: "staging" },
  ];
  const project = (inputs = {}) => ({ name: "shop", ownerId: world.ownerId, environments, ...inputs });
  const drift = async (token: string, state: State, declared: State["inputs"]): Promise<Record<string, string>> => {
    const refreshed = await world.plugin.read(token, state);
    assert.ok(refreshed);
    return (await world.plugin.diff(token, refreshed, await world.plugin.checked(token, declared))).detailed;
  };
  const environmentOf = async (name: string, inputs = {}): Promise<State> => {
    const { id } = await world.plugin.create(PROJECT, project());
    return world.plugin.create(ENVIRONMENT, { name, projectId: id, ...inputs });
  };

  it("creates a project with its environments", async () => {
    const state = await world.plugin.create(PROJECT, project());
    const ids = state.outputs["environmentIds"] as Record<string, string>;
    assert.deepEqual(Object.keys(ids), ["production", "staging"]);
    const production = await world.api("GET", `/environments/${ids["production"]}`);
    assert.deepEqual([production.protectedStatus, production.networkIsolationEnabled], ["protected", true]);
    assert.deepEqual(await drift(PROJECT, state, project()), {});
  });

  it("warns of an environment that a request, taken twice on its way, has made twice", async () => {
    const state = await world.plugin.create(PROJECT, project());
    await world.fault({ method: "POST", path: "/v1/environments", action: { doubled: true } });
    await world.plugin.update(PROJECT, state, project({ environments: [...environments, { name: "review" }] }));
    await world.endFaults();
    const { message } = await world.plugin.logged(({ severity }) => severity === "warning");
    assert.match(message, /environment "review" twice: evm-\w+ and evm-\w+\. Delete the one that nothing uses/);
  });

  it("renames a project and adds, changes and removes environments in place", async () => {
    const state = await world.plugin.create(PROJECT, project());
    const changed = { name: "store", environments: [{ name: "production" }, { name: "review" }] };
    const updated = await world.plugin.update(PROJECT, state, project(changed));
    const ids = updated.outputs["environmentIds"] as Record<string, string>;
    const before = state.outputs["environmentIds"] as Record<string, string>;
    assert.deepEqual(Object.keys(ids).sort(), ["production", "review"]);
    assert.equal(ids["production"], before["production"]);
    assert.deepEqual(await drift(PROJECT, updated, project(changed)), {});
  });

  it("leaves an environment alone that is not declared", async () => {
    const state = await world.plugin.create(PROJECT, project());
    await world.api("POST", "/environments", { name: "by-hand", projectId: state.id });
    assert.deepEqual(await drift(PROJECT, state, project()), {});
    await world.plugin.update(PROJECT, state, project({ environments: [{ name: "review" }] }));
    const found = await world.api("GET", `/environments?projectId=${state.id}`);
    const names = found.map((item: { environment: { name: string } }) => item.environment.name);
    assert.deepEqual(names.sort(), ["by-hand", "review"]);
  });

  it("shows an environment's edit by hand as drift", async () => {
    const state = await world.plugin.create(PROJECT, project());
    const ids = state.outputs["environmentIds"] as Record<string, string>;
    await world.api("PATCH", `/environments/${ids["production"]}`, { protectedStatus: "unprotected" });
    assert.deepEqual(await drift(PROJECT, state, project()), {
      "environments[0].protectedStatus": "update",
    });
  });

  for (const by of ["id", "name"] as const) {
    it(`imports a project by ${by}, and declaring it then changes nothing`, async () => {
      const { id } = await world.plugin.create(PROJECT, project());
      const imported = await world.plugin.read(PROJECT, by === "id" ? id : "shop");
      assert.ok(imported);
      const wanted = await world.plugin.checked(PROJECT, project());
      assert.deepEqual((await world.plugin.diff(PROJECT, imported, wanted)).detailed, {});
    });
  }

  it("creates, changes, imports and deletes an environment of its own", async () => {
    const state = await environmentOf("review", { protectedStatus: "protected" });
    const declared = { name: "live", projectId: state.inputs["projectId"], networkIsolationEnabled: true };
    const updated = await world.plugin.update(ENVIRONMENT, state, declared);
    assert.deepEqual(await drift(ENVIRONMENT, updated, declared), {});
    const imported = await world.plugin.read(ENVIRONMENT, "shop/live");
    assert.equal(imported?.id, state.id);
    assert.deepEqual((await world.plugin.read(ENVIRONMENT, state.id))?.inputs, imported?.inputs);
    await world.plugin.delete(ENVIRONMENT, updated);
    assert.equal(await world.plugin.read(ENVIRONMENT, updated), undefined);
    await world.plugin.delete(ENVIRONMENT, updated);
  });

  it("replaces an environment whose project changes", async () => {
    const state = await environmentOf("review");
    const diff = await world.plugin.diff(ENVIRONMENT, state, { ...state.inputs, projectId: "prj-other" });
    assert.deepEqual(diff.detailed, { projectId: "update-replace" });
  });

  it("moves a service into an environment, to another and out again", async () => {
    const { outputs } = await world.plugin.create(PROJECT, project());
    const ids = outputs["environmentIds"] as Record<string, string>;
    let state = await world.plugin.create(WEB_SERVICE, world.site({ environmentId: ids["staging"] }));
    for (const environmentId of [ids["production"], undefined]) {
      state = await world.plugin.update(WEB_SERVICE, state, world.site({ environmentId }));
      assert.equal((await world.api("GET", `/services/${state.id}`)).environmentId, environmentId);
    }
  });

  it("does not delete a project or an environment that holds a service", async () => {
    const environment = await environmentOf("review");
    const service = await world.plugin.create(WEB_SERVICE, world.site({ environmentId: environment.id }));
    const holds = new RegExp(`environment "review" \\(${environment.id}\\) still holds ${service.id}`);
    await assert.rejects(world.plugin.delete(ENVIRONMENT, environment), holds);
    const owner = await world.plugin.read(PROJECT, "shop");
    assert.ok(owner);
    await assert.rejects(world.plugin.delete(PROJECT, owner), holds);
    assert.deepEqual([(await world.state())["services"], (await world.state())["environments"]], [1, 3]);
    await world.plugin.delete(WEB_SERVICE, service);
    await world.plugin.delete(PROJECT, owner);
    await world.plugin.delete(PROJECT, owner);
    assert.deepEqual([(await world.state())["projects"], (await world.state())["environments"]], [0, 0]);
  });

  it("makes one project and one environment when the answers to their creation are lost", async () => {
    for (const path of ["/v1/projects", "/v1/environments"]) {
      await world.fault({ method: "POST", path, when: "after", action: { cut: true } });
    }
    await environmentOf("review");
    assert.deepEqual([(await world.state())["projects"], (await world.state())["environments"]], [1, 3]);
  });

  it("refuses names that exist", async () => {
    const { inputs } = await environmentOf("review");
    await assert.rejects(world.plugin.create(PROJECT, project()), /pulumi import render:index:Project NAME prj-/);
    await assert.rejects(world.plugin.create(ENVIRONMENT, inputs), /pulumi import render:index:Environment NAME evm-/);
    const { failures } = await world.plugin.check(PROJECT, project({ environments: [{ name: "a" }, { name: "a" }] }));
    assert.deepEqual(failures, [{ property: "environments", reason: '"a" is there twice' }]);
    const none = await world.plugin.check(PROJECT, project({ environments: [] }));
    assert.deepEqual(
      none.failures.map(({ property }) => property),
      ["environments"],
    );
  });
});
