import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { Secret, type State, secret, UNKNOWN } from "./harness.ts";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("render:index:WebService, adopted", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const all = {
    environmentVariables: { A: "1", DSN: secret("https://public@sentry.example/1") },
    generatedVariables: ["SECRET_KEY"],
    secretFiles: { "a.pem": "k3y-material" },
    customDomains: ["a.example.com", "b.example.com"],
    healthCheckPath: "/",
    numInstances: 2,
  };
  /** A service that was made by hand, as an import finds it. */
  const adopted = async (by: "id" | "name" = "id"): Promise<State> => {
    const { id } = await world.plugin.create(WEB_SERVICE, world.site(all));
    const state = await world.plugin.read(WEB_SERVICE, by === "id" ? id : "site");
    assert.ok(state);
    await world.requests();
    return state;
  };
  const diff = async (state: State, inputs = {}): Promise<Record<string, string>> => {
    const wanted = await world.plugin.checked(WEB_SERVICE, world.site({ healthCheckPath: "/", ...inputs }));
    return (await world.plugin.diff(WEB_SERVICE, state, wanted)).detailed;
  };
  const update = (state: State, inputs = {}): Promise<State> =>
    world.plugin.update(WEB_SERVICE, state, world.site({ healthCheckPath: "/", ...inputs }));

  for (const by of ["id", "name"] as const) {
    it(`is imported by ${by} with all that can be declared, and declaring that changes nothing`, async () => {
      const imported = await adopted(by);
      assert.match(imported.id, /^srv-/);
      const variables = imported.inputs["environmentVariables"] as Record<string, unknown>;
      assert.deepEqual(Object.keys(variables).sort(), ["A", "DSN", "SECRET_KEY"]);
      assert.ok(Object.values(variables).every((value) => value instanceof Secret));
      assert.ok(imported.inputs["secretFiles"] instanceof Secret);

      const declared = { ...all, environmentVariables: variables, generatedVariables: undefined };
      const wanted = await world.plugin.checked(WEB_SERVICE, world.site(declared));
      assert.deepEqual((await world.plugin.diff(WEB_SERVICE, imported, wanted)).detailed, {});
    });
  }

  it("needs no change when a program declares all of it, or only a part", async () => {
    const state = await adopted();
    assert.deepEqual(await diff(state, all), {});
    assert.deepEqual(await diff(state, { customDomains: ["b.example.com"], environmentVariables: { A: "1" } }), {});
    assert.deepEqual(await diff(state), {});
  });

  it("shows what a program declares otherwise, and what is not known yet", async () => {
    const state = await adopted();
    assert.deepEqual(
      await diff(state, {
        environmentVariables: { A: "2", DSN: UNKNOWN, NEW: "x" },
        generatedVariables: ["SECRET_KEY", "SALT"],
        customDomains: ["b.example.com", "c.example.com"],
      }),
      {
        "environmentVariables.A": "update",
        "environmentVariables.DSN": "update",
        "environmentVariables.NEW": "add",
        generatedVariables: "add",
        "customDomains[0]": "update",
        "customDomains[1]": "update",
      },
    );
  });

  it("keeps everything that no program declares, and says so", async () => {
    const state = await adopted();
    const { outputs } = await update(state, { plan: "standard", environmentVariables: { A: "1" } });
    assert.deepEqual(await world.writes(), [`PATCH /services/${state.id}`, `POST /services/${state.id}/deploys`]);
    assert.deepEqual(outputs["undeclaredVariables"], ["DSN", "SECRET_KEY"]);
    assert.deepEqual(outputs["undeclaredSecretFiles"], ["a.pem"]);
    const warnings = world.plugin.log.filter((line) => line.severity === "warning").map((line) => line.message);
    assert.match(warnings.join("\n"), /left alone: variables DSN, SECRET_KEY/);
    assert.equal((await world.state())["customDomains"], 2);
  });

  it("keeps the generated value, and deploys nothing for that", async () => {
    const state = await adopted();
    const { value } = await world.api("GET", `/services/${state.id}/env-vars/SECRET_KEY`);
    await world.requests();
    const updated = await update(state, { ...all, numInstances: 3 });
    assert.deepEqual(await world.writes(), [`POST /services/${state.id}/scale`]);
    assert.equal((await world.api("GET", `/services/${state.id}/env-vars/SECRET_KEY`)).value, value);
    assert.ok(!JSON.stringify(updated.outputs).includes(value));
  });

  it("stays so through a refresh, until an update declares it", async () => {
    const refreshed = await world.plugin.read(WEB_SERVICE, await adopted());
    assert.ok(refreshed);
    assert.deepEqual(await diff(refreshed), {});
    const declared = await update(refreshed, all);
    assert.deepEqual(await diff(declared, { ...all, environmentVariables: {}, customDomains: ["a.example.com"] }), {
      "environmentVariables.A": "delete",
      "environmentVariables.DSN": "delete",
      "customDomains[1]": "delete",
    });
    await world.requests();
    await update(declared, { ...all, environmentVariables: {} });
    assert.deepEqual(await world.writes(), [
      `DELETE /services/${declared.id}/env-vars/A`,
      `DELETE /services/${declared.id}/env-vars/DSN`,
      `POST /services/${declared.id}/deploys`,
    ]);
  });

  it("takes the pipeline's tag for the declared one under external management", async () => {
    const state = await adopted();
    const external = { imageManagement: "external", image: "ghcr.io/acme/site:main" };
    assert.deepEqual(await diff(state, external), {});
    assert.deepEqual(await diff(state, { ...external, image: "ghcr.io/acme/other:main" }), { image: "update" });
    await update(state, external);
    assert.deepEqual(await world.writes(), []);
  });
});
