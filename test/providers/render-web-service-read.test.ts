import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { PluginError, type State, secret } from "./harness.ts";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("render:index:WebService, read", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const created = (inputs = {}): Promise<State> => world.plugin.create(WEB_SERVICE, world.site(inputs));
  /** The differences that a preview after a refresh shows. */
  const drift = async (state: State, inputs = {}): Promise<Record<string, string>> => {
    const refreshed = await world.plugin.read(WEB_SERVICE, state);
    assert.ok(refreshed);
    const wanted = await world.plugin.checked(WEB_SERVICE, world.site(inputs));
    return (await world.plugin.diff(WEB_SERVICE, refreshed, wanted)).detailed;
  };
  const live = async (id: string): Promise<void> => {
    for (;;) {
      const [{ deploy }] = await world.api("GET", `/services/${id}/deploys`);
      if (deploy.status === "live") return;
      assert.match(deploy.status, /created|in_progress/);
    }
  };

  const all = {
    environmentVariables: { A: "1", DSN: secret("https://public@sentry.example/1") },
    generatedVariables: ["SECRET_KEY"],
    secretFiles: { "a.pem": "k3y-material" },
    customDomains: ["www.example.com"],
    healthCheckPath: "/",
    numInstances: 2,
  };

  it("finds no drift where nothing was changed", async () => {
    assert.deepEqual(await drift(await created(all), all), {});
  });

  const patch = (serviceDetails: object) => (id: string) => world.api("PATCH", `/services/${id}`, { serviceDetails });
  for (const [what, edit, expected] of [
    [
      "a variable's value",
      (id: string) => world.api("PUT", `/services/${id}/env-vars/A`, { value: "by hand" }),
      { "environmentVariables.A": "update" },
    ],
    [
      "a secret variable's value",
      (id: string) => world.api("PUT", `/services/${id}/env-vars/DSN`, { value: "by hand" }),
      { "environmentVariables.DSN": "update" },
    ],
    [
      "a removed variable",
      (id: string) => world.api("DELETE", `/services/${id}/env-vars/A`),
      { "environmentVariables.A": "add" },
    ],
    [
      "a removed generated variable",
      (id: string) => world.api("DELETE", `/services/${id}/env-vars/SECRET_KEY`),
      { "generatedVariables[0]": "add" },
    ],
    [
      "a secret file",
      (id: string) => world.api("PUT", `/services/${id}/secret-files/a.pem`, { content: "by hand" }),
      {
        'secretFiles["a.pem"]': "update",
      },
    ],
    [
      "a removed domain",
      (id: string) => world.api("DELETE", `/services/${id}/custom-domains/www.example.com`),
      {
        "customDomains[0]": "add",
      },
    ],
    ["the plan", patch({ plan: "standard" }), { plan: "update" }],
    ["the health check path", patch({ healthCheckPath: "" }), { healthCheckPath: "add" }],
    ["a command that is not declared", patch({ preDeployCommand: "x" }), { preDeployCommand: "delete" }],
    ["the name", (id: string) => world.api("PATCH", `/services/${id}`, { name: "by-hand" }), { name: "update" }],
    [
      "the number of instances",
      (id: string) => world.api("POST", `/services/${id}/scale`, { numInstances: 5 }),
      {
        numInstances: "update",
      },
    ],
  ] as const) {
    it(`shows ${what}, edited by hand, as drift`, async () => {
      const state = await created(all);
      await edit(state.id);
      assert.deepEqual(await drift(state, all), expected);
    });
  }

  it("keeps an edited secret value secret", async () => {
    const state = await created(all);
    await world.api("PUT", `/services/${state.id}/env-vars/DSN`, { value: "edited-by-hand" });
    const refreshed = await world.plugin.read(WEB_SERVICE, state);
    assert.deepEqual(refreshed?.inputs["environmentVariables"], { A: "1", DSN: secret("edited-by-hand") });
  });

  it("does not compare generated values, nor what is not declared", async () => {
    const state = await created(all);
    await world.api("PUT", `/services/${state.id}/env-vars/SECRET_KEY`, { value: "by hand" });
    await world.api("PUT", `/services/${state.id}/env-vars/OTHER`, { value: "x" });
    await world.api("PUT", `/services/${state.id}/secret-files/other.pem`, { content: "x" });
    await world.api("POST", `/services/${state.id}/custom-domains`, { name: "hand.example.com" });
    assert.deepEqual(await drift(state, all), {});
    assert.deepEqual((await world.plugin.read(WEB_SERVICE, state))?.outputs["undeclaredVariables"], ["OTHER"]);
  });

  it("shows another tag that a pipeline deployed as drift", async () => {
    const state = await created();
    await world.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:9" });
    await live(state.id);
    assert.deepEqual(await drift(state), { image: "update" });
  });

  it("reports another tag of the repository under external management, and another repository as drift", async () => {
    const external = { imageManagement: "external" };
    const state = await created(external);
    await world.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:9" });
    await live(state.id);
    assert.deepEqual(await drift(state, external), {});
    assert.equal((await world.plugin.read(WEB_SERVICE, state))?.outputs["liveImage"], "ghcr.io/acme/site:9");
    const image = { ownerId: world.ownerId, imagePath: "ghcr.io/acme/other:1" };
    await world.api("PATCH", `/services/${state.id}`, { image });
    await world.api("POST", `/services/${state.id}/deploys`, {});
    await live(state.id);
    assert.deepEqual(await drift(state, external), { image: "update" });
  });

  it("is gone after it was deleted elsewhere", async () => {
    const state = await created();
    await world.api("DELETE", `/services/${state.id}`);
    assert.equal(await world.plugin.read(WEB_SERVICE, state), undefined);
  });

  it("reports a failed deploy as a problem, so that the next update deploys again", async () => {
    const state = await created();
    world.runner.script(/site:1/, "crashes");
    await assert.rejects(world.plugin.update(WEB_SERVICE, state, world.site({ environmentVariables: { A: "1" } })));
    const reading = world.plugin.read(WEB_SERVICE, state);
    await assert.rejects(reading, (error: PluginError) => {
      assert.ok(error instanceof PluginError);
      assert.match(error.message, /deploy dep-\w+ ended as update_failed; the next update deploys again/);
      assert.equal(error.partial?.id, state.id);
      assert.equal(error.partial?.outputs["liveImage"], "ghcr.io/acme/site:1");
      return true;
    });
    world.runner.script(/site:1/, "healthy");
  });

  it("is not imported by a name that two have, or none", async () => {
    const body = { type: "web_service", name: "twin", ownerId: world.ownerId };
    const image = { imagePath: "acme/site:1", ownerId: world.ownerId };
    for (let count = 0; count < 2; count += 1) {
      await world.api("POST", "/services", { ...body, image, serviceDetails: { runtime: "image" } });
    }
    await assert.rejects(world.plugin.read(WEB_SERVICE, "twin"), /there are 2 web services named "twin" \(srv-/);
    assert.equal(await world.plugin.read(WEB_SERVICE, "nobody"), undefined);
  });
});
