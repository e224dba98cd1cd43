/** The provider follows the deploy that it started, or that runs what is declared; never another's. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("the own deploy of render:index:WebService", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const deploysOf = (id: string): string => `/services/${id}/deploys`;
  const untilAsked = async (request: string): Promise<void> => {
    while (!(await world.requests()).includes(request)) await new Promise((resolve) => setImmediate(resolve));
  };
  const untilLive = async (id: string, deployId: string): Promise<void> => {
    while ((await world.api("GET", `${deploysOf(id)}/${deployId}`)).status !== "live")
      await new Promise((resolve) => setImmediate(resolve));
  };

  it("waits for a queued deploy of its image, while another's comes first", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.requests();
    // Render takes the deploy into its queue, and lists it when its turn has come.
    await world.fault({ method: "POST", path: "/v1/services/*/deploys", action: { status: 202, text: "" } });
    const updating = world.plugin.update(WEB_SERVICE, state, world.site({ image: "ghcr.io/acme/site:2" }));
    await untilAsked(`POST ${deploysOf(state.id)}`);
    const others = await world.api("POST", deploysOf(state.id), { imageUrl: "ghcr.io/acme/site:9" });
    await untilLive(state.id, others.id);
    const own = await world.api("POST", deploysOf(state.id), { imageUrl: "ghcr.io/acme/site:2" });
    const { outputs } = await updating;
    assert.deepEqual([outputs["deployId"], outputs["liveImage"]], [own.id, "ghcr.io/acme/site:2"]);
  });

  it("takes no deploy of another image for the one whose answer was lost", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.requests();
    await world.fault({ method: "POST", path: "/v1/services/*/deploys", action: { cut: true } });
    const updating = world.plugin.update(WEB_SERVICE, state, world.site({ image: "ghcr.io/acme/site:2" }));
    await untilAsked(`POST ${deploysOf(state.id)}`);
    const others = await world.api("POST", deploysOf(state.id), { imageUrl: "ghcr.io/acme/site:9" });
    const { outputs } = await updating;
    assert.notEqual(outputs["deployId"], others.id);
    assert.equal(outputs["liveImage"], "ghcr.io/acme/site:2");
  });
});

describe("what Render does not let an update of a web service do", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  it("refuses a change to the free plan in the preview, with the fix", async () => {
    const old = world.site({ plan: "starter" });
    const reasons = async (inputs: object, olds = {}): Promise<string[]> => {
      const { failures } = await world.plugin.check(WEB_SERVICE, world.site({ ...inputs }), olds);
      return failures.map(({ property, reason }) => `${property}: ${reason}`);
    };
    assert.deepEqual(await reasons({ plan: "free" }, old), [
      'plan: Render takes "free" for a new service only, and this one has "starter". Declare "starter" or another paid ' +
        "plan (starter, standard, pro, pro_plus, pro_max, pro_ultra), or delete the service so that the next run makes " +
        "it anew, with another address and without what was set by hand",
    ]);
    assert.deepEqual(await reasons({ plan: "free" }), []);
    assert.deepEqual(await reasons({ plan: "free" }, world.site({ plan: "free" })), []);
    assert.deepEqual(await reasons({ plan: "free", region: "ohio" }, old), []);
    assert.match((await reasons({ plan: "custom" }, old)).join(), /Render changes no service to "custom"/);
    assert.deepEqual(await reasons({ plan: "pro" }, world.site({ plan: "free" })), []);
  });

  it("writes nothing when the plan was changed by hand to one that has no way back", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site({ plan: "free" }));
    await world.api("PATCH", `/services/${state.id}`, { serviceDetails: { plan: "starter" } });
    await world.requests();
    const declared = world.site({ plan: "free", environmentVariables: { A: "1" } });
    await assert.rejects(
      world.plugin.update(WEB_SERVICE, state, declared),
      /plan of service "site": Render takes "free" for a new service only, and this one has "starter".*Nothing was changed/,
    );
    assert.deepEqual(await world.writes(), []);
  });

  it("leaves the number of instances to autoscaling, says so, and shows no drift", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site({ numInstances: 2 }));
    const criteria = { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 60 } };
    await world.api("PUT", `/services/${state.id}/autoscaling`, { enabled: true, min: 1, max: 5, criteria });
    await world.api("POST", `/services/${state.id}/scale`, { numInstances: 5 });
    const found = await world.plugin.read(WEB_SERVICE, state);
    assert.equal(found?.inputs["numInstances"], 2);
    await world.requests();
    await world.plugin.update(WEB_SERVICE, state, world.site({ numInstances: 3 }));
    assert.deepEqual(await world.writes(), []);
    await world.plugin.logged(({ severity, message }) => severity === "warning" && /autoscaling is on/.test(message));
    const imported = await world.plugin.read(WEB_SERVICE, state.id);
    assert.equal(imported?.inputs["numInstances"], undefined);
  });
});
