import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { scriptedDigest } from "../../sandbox/services/render/scripted-runner.ts";
import { type State, secret, UNKNOWN } from "./harness.ts";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("render:index:WebService, updated", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const created = async (inputs = {}): Promise<State> => {
    const state = await world.plugin.create(WEB_SERVICE, world.site(inputs));
    await world.requests();
    return state;
  };
  const update = (state: State, inputs = {}): Promise<State> =>
    world.plugin.update(WEB_SERVICE, state, world.site(inputs));
  const writesOf = async (id: string): Promise<string[]> =>
    (await world.writes()).map((request) => request.replace(`/services/${id}`, ""));
  const variable = async (id: string, name: string): Promise<string> =>
    (await world.api("GET", `/services/${id}/env-vars/${name}`)).value;

  it("changes nothing when declared the same", async () => {
    const inputs = { environmentVariables: { A: "1" }, generatedVariables: ["SECRET_KEY"], healthCheckPath: "/" };
    const state = await created(inputs);
    const diff = await world.plugin.diff(
      WEB_SERVICE,
      state,
      await world.plugin.checked(WEB_SERVICE, world.site(inputs)),
    );
    assert.deepEqual(diff.detailed, {});
    await update(state, inputs);
    assert.deepEqual(await world.writes(), []);
  });

  const withDeploy = "POST /deploys";
  for (const [property, value, writes] of [
    ["image", "ghcr.io/acme/site:2", ["PATCH ", withDeploy]],
    ["plan", "standard", ["PATCH ", withDeploy]],
    ["healthCheckPath", "/healthz", ["PATCH ", withDeploy]],
    ["preDeployCommand", "migrate", ["PATCH ", withDeploy]],
    ["maxShutdownDelaySeconds", 100, ["PATCH ", withDeploy]],
    ["environmentVariables", { A: "1" }, ["PUT /env-vars/A", withDeploy]],
    ["generatedVariables", ["SALT"], ["PUT /env-vars/SALT", withDeploy]],
    ["secretFiles", { "a.pem": "k3y-material" }, ["PUT /secret-files/a.pem", withDeploy]],
    ["name", "www", ["PATCH "]],
    ["numInstances", 3, ["POST /scale"]],
    ["maintenanceMode", { enabled: true, uri: "" }, ["PATCH "]],
    ["renderSubdomainPolicy", "disabled", ["PATCH "]],
    ["customDomains", ["www.example.com"], ["POST /custom-domains"]],
    ["waitForDeploy", false, []],
  ] as const) {
    it(`writes ${property} alone, and deploys ${writes.some((write) => write === withDeploy) ? "once" : "nothing"}`, async () => {
      const state = await created();
      const inputs = { [property]: value };
      const wanted = await world.plugin.checked(WEB_SERVICE, world.site(inputs));
      const diff = await world.plugin.diff(WEB_SERVICE, state, wanted);
      assert.deepEqual(
        Object.keys(diff.detailed).map((path) => path.split(/[.[]/)[0]),
        [property],
      );
      assert.deepEqual(diff.replaces, []);

      const updated = await update(state, inputs);
      assert.deepEqual(await writesOf(state.id), writes);
      assert.equal(updated.outputs["deployStatus"], "live");
      const refreshed = await world.plugin.read(WEB_SERVICE, updated);
      assert.ok(refreshed);
      assert.deepEqual((await world.plugin.diff(WEB_SERVICE, refreshed, wanted)).detailed, {});
    });
  }

  for (const property of ["region", "ownerId"] as const) {
    it(`is replaced when ${property} changes, the old one first because of its name`, async () => {
      const state = await created();
      const diff = await world.plugin.diff(WEB_SERVICE, state, world.site({ [property]: "oregon" }));
      assert.equal(diff.detailed[property], "update-replace");
      assert.equal(diff.deleteBeforeReplace, true);
    });
  }

  it("reports the image that serves after an update", async () => {
    const state = await created();
    const { outputs } = await update(state, { image: "ghcr.io/acme/site:2" });
    assert.deepEqual(
      [outputs["liveImage"], outputs["liveDigest"], outputs["deployStatus"]],
      ["ghcr.io/acme/site:2", scriptedDigest("ghcr.io/acme/site:2"), "live"],
    );
    assert.notEqual(outputs["deployId"], state.outputs["deployId"]);
  });

  it("takes a digest instead of a tag, and finds no drift in it", async () => {
    const state = await created();
    const image = `ghcr.io/acme/site@sha256:${"a".repeat(64)}`;
    const updated = await update(state, { image });
    assert.equal(updated.outputs["liveDigest"], `sha256:${"a".repeat(64)}`);
    const refreshed = await world.plugin.read(WEB_SERVICE, updated);
    assert.equal(refreshed?.inputs["image"], image);
  });

  it("makes one deploy for several changes", async () => {
    const state = await created({ environmentVariables: { A: "1", B: "2" } });
    await update(state, {
      image: "ghcr.io/acme/site:2",
      plan: "standard",
      environmentVariables: { A: "changed", C: secret("3-secret") },
      secretFiles: { "a.pem": "k3y-material" },
    });
    assert.deepEqual(await writesOf(state.id), [
      "PUT /env-vars/A",
      "PUT /env-vars/C",
      "DELETE /env-vars/B",
      "PUT /secret-files/a.pem",
      "PATCH ",
      "POST /deploys",
    ]);
  });

  it("leaves undeclared variables alone and reports their names", async () => {
    const state = await created({ environmentVariables: { A: "1" } });
    await world.api("PUT", `/services/${state.id}/env-vars/BY_HAND`, { value: "undeclared-value" });
    const { outputs } = await update(state, { environmentVariables: { A: "2" } });
    assert.deepEqual(outputs["undeclaredVariables"], ["BY_HAND"]);
    assert.equal(await variable(state.id, "BY_HAND"), "undeclared-value");
    const warnings = world.plugin.log.filter((line) => line.severity === "warning").map((line) => line.message);
    assert.match(warnings.join("\n"), /left alone: variables BY_HAND/);
    assert.doesNotMatch(JSON.stringify([world.plugin.log, outputs]), /undeclared-value/);
  });

  it("generates a value once, and keeps it when it is declared generated later", async () => {
    const state = await created({ generatedVariables: ["SECRET_KEY"] });
    const value = await variable(state.id, "SECRET_KEY");
    const updated = await update(state, { generatedVariables: ["SECRET_KEY"], environmentVariables: { A: "1" } });
    assert.equal(await variable(state.id, "SECRET_KEY"), value);
    await update(updated, { environmentVariables: { A: "1" } });
    await assert.rejects(variable(state.id, "SECRET_KEY"), /404/);
  });

  it("removes a custom domain that is declared no more, and no other", async () => {
    const state = await created({ customDomains: ["a.example.com", "b.example.com"] });
    await world.api("POST", `/services/${state.id}/custom-domains`, { name: "hand.example.com" });
    await update(state, { customDomains: ["b.example.com"] });
    const domains = await world.api("GET", `/services/${state.id}/custom-domains`);
    assert.deepEqual(domains.map((item: { customDomain: { name: string } }) => item.customDomain.name).sort(), [
      "b.example.com",
      "hand.example.com",
    ]);
  });

  it("previews what a deploy decides as unknown, and the rest as it was", async () => {
    const state = await created({ environmentVariables: { A: "1" } });
    const deployed = await world.plugin.previewUpdate(
      WEB_SERVICE,
      state,
      world.site({ environmentVariables: { A: "2" } }),
    );
    assert.deepEqual([deployed["deployId"], deployed["liveDigest"]], [UNKNOWN, UNKNOWN]);
    assert.equal(deployed["url"], state.outputs["url"]);
    const scaled = await world.plugin.previewUpdate(
      WEB_SERVICE,
      state,
      world.site({ environmentVariables: { A: "1" }, numInstances: 2 }),
    );
    assert.deepEqual([scaled["deployId"], scaled["numInstances"]], [state.outputs["deployId"], 2]);
    assert.deepEqual(await world.writes(), []);
  });

  it("says so when the service is gone", async () => {
    const state = await created();
    await world.api("DELETE", `/services/${state.id}`);
    await assert.rejects(update(state, { plan: "standard" }), /does not exist any more; run `pulumi refresh`/);
  });

  it("writes nothing to a suspended service, and says who suspended it", async () => {
    const state = await created();
    await world.api("POST", `/services/${state.id}/suspend`);
    await world.requests();
    await assert.rejects(
      update(state, { image: "ghcr.io/acme/site:2", environmentVariables: { A: "1" } }),
      /"site" is suspended \(by: user\).*Nothing was changed. Resume it at https:/,
    );
    assert.deepEqual(await world.writes(), []);
    assert.equal((await world.plugin.read(WEB_SERVICE, state))?.outputs["suspended"], true);
  });
});
