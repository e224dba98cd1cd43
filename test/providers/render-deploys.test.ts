import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { PluginError, type State, secret } from "./harness.ts";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("deploys of render:index:WebService", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld({ renderOverlappingDeploys: "override" });
    world.runner.script(/:crashes$/, "crashes");
    world.runner.script(/:absent$/, "unpullable");
    world.runner.script(/:unhealthy$/, "unhealthy");
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const created = async (inputs = {}): Promise<State> => {
    const state = await world.plugin.create(WEB_SERVICE, world.site(inputs));
    await world.requests();
    return state;
  };
  /** The failure, and the state that the engine keeps: after an update the inputs of the update before. */
  const failing = async (work: Promise<unknown>, old?: State): Promise<{ message: string; partial: State }> => {
    const error = await work.then(
      () => assert.fail("it did not fail"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PluginError, String(error));
    assert.ok(error.partial, `nothing was kept: ${error.message}`);
    return { message: error.message, partial: { ...error.partial, ...(old && { inputs: old.inputs }) } };
  };
  const unhealthy = { image: "ghcr.io/acme/site:unhealthy", healthCheckPath: "/" };

  it("fails a creation with the deploy, its reason and its last log lines, and keeps the service", async () => {
    const declared = world.site({
      image: "ghcr.io/acme/site:crashes",
      environmentVariables: { KEY: secret("s3cret-x") },
    });
    const { message, partial } = await failing(world.plugin.create(WEB_SERVICE, declared));
    assert.match(message, /deploy dep-\w+ of ghcr.io\/acme\/site:crashes on service "site" ended as update_failed/);
    assert.match(message, /it exited with status 1/);
    assert.match(message, /Nothing serves yet; the service exists and is kept in the state/);
    assert.match(message, /Last lines of its log:\n.*exited with status 1/s);
    assert.doesNotMatch(message, /s3cret-x/);
    assert.match(partial.id, /^srv-/);

    const mended = await world.plugin.update(WEB_SERVICE, partial, world.site());
    assert.equal(mended.outputs["liveImage"], "ghcr.io/acme/site:1");
    assert.equal((await world.state())["services"], 1);
  });

  it("deploys again when a failed creation is run again unchanged", async () => {
    const declared = world.site({ image: "ghcr.io/acme/site:later" });
    world.runner.script(/:later$/, "crashes");
    const { partial } = await failing(world.plugin.create(WEB_SERVICE, declared));
    world.runner.script(/:later$/, "healthy");
    await world.requests();
    const updated = await world.plugin.update(WEB_SERVICE, partial, declared);
    assert.equal(updated.outputs["deployStatus"], "live");
    assert.deepEqual(await world.writes(), [`POST /services/${partial.id}/deploys`]);
  });

  it("fails an update and says that the old image still serves", async () => {
    const state = await created();
    const { message, partial } = await failing(
      world.plugin.update(WEB_SERVICE, state, world.site({ image: "ghcr.io/acme/site:absent" })),
    );
    assert.match(message, /the image could not be pulled: manifest unknown/);
    assert.match(message, /The old image still serves: ghcr.io\/acme\/site:1 \(deploy dep-/);
    assert.equal(partial.outputs["image"], "ghcr.io/acme/site:absent");
    assert.equal((await world.state())["instances"], 1);
  });

  it("waits on for a deploy that a timeout left under way, instead of starting another", async () => {
    const before = { image: "ghcr.io/acme/site:slow", healthCheckPath: "/", environmentVariables: { A: "1" } };
    world.runner.script(/:slow$/, "healthy");
    const state = await created(before);
    world.runner.script(/:slow$/, "unhealthy");
    const declared = world.site({ ...before, environmentVariables: { A: "2" } });
    const impatient = { timeoutSeconds: 3 };
    const { message, partial } = await failing(world.plugin.update(WEB_SERVICE, state, declared, impatient), state);
    const told =
      /deploy dep-\w+ was still update_in_progress; it goes on, and the next run waits for it \(not finished/;
    assert.match(message, told);
    assert.match(message, /within 3 s; run the same command again to continue, or raise customTimeouts\.update\)/);
    await world.requests();
    const again = await failing(world.plugin.update(WEB_SERVICE, partial, declared, impatient), state);
    assert.equal(again.partial.outputs["deployId"], partial.outputs["deployId"]);
    assert.deepEqual(await world.writes(), []);
  });

  it("stops waiting at once when it is cancelled", async () => {
    const plugin = await world.startPlugin();
    await plugin.configure();
    const state = await plugin.create(WEB_SERVICE, world.site(unhealthyBefore()));
    const updating = failing(plugin.update(WEB_SERVICE, state, world.site(unhealthy)));
    while (!plugin.log.some((line) => /update_in_progress/.test(line.message))) await world.state();
    const started = performance.now();
    await plugin.cancel();
    const { message, partial } = await updating;
    assert.match(message, /cancelled; run the same command again/);
    assert.ok(performance.now() - started < 1_000);
    assert.notEqual(partial.outputs["deployId"], state.outputs["deployId"]);
  });

  it("follows a newer deploy that replaced its own", async () => {
    const state = await created(unhealthyBefore());
    const declared = world.site({ image: "ghcr.io/acme/site:mended", healthCheckPath: "/" });
    world.runner.script(/:mended$/, "unhealthy");
    const updating = world.plugin.update(WEB_SERVICE, state, declared);
    await untilPending(state.id);
    world.runner.script(/:mended$/, "healthy");
    const { id } = await world.api("POST", `/services/${state.id}/deploys`, {});
    const { outputs } = await updating;
    assert.deepEqual([outputs["deployId"], outputs["deployStatus"]], [id, "live"]);
    const logged = world.plugin.log.map((line) => line.message).join("\n");
    assert.match(logged, new RegExp(`following deploy ${id}, which replaces it`));
  });

  it("fails when another image than the declared one came to serve meanwhile", async () => {
    const state = await created(unhealthyBefore());
    const updating = failing(world.plugin.update(WEB_SERVICE, state, world.site(unhealthy)));
    await untilPending(state.id);
    await world.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:2" });
    const { message } = await updating;
    assert.match(
      message,
      /of ghcr.io\/acme\/site:2 replaced the declared image: something else deploys service "site"/,
    );
  });

  it("fails when the deploy is canceled and nothing replaces it", async () => {
    const state = await created(unhealthyBefore());
    const updating = failing(world.plugin.update(WEB_SERVICE, state, world.site(unhealthy)));
    const deployId = await untilPending(state.id);
    await world.api("POST", `/services/${state.id}/deploys/${deployId}/cancel`);
    assert.match((await updating).message, /ended as canceled: it was canceled by someone/);
  });

  it("never rolls a pipeline's deploy back under external management", async () => {
    const external = { imageManagement: "external" };
    const state = await created(external);
    await world.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:9" });
    while ((await pending(state.id)) !== undefined) await world.state();
    await world.requests();
    const { outputs } = await world.plugin.update(
      WEB_SERVICE,
      state,
      world.site({ ...external, image: "ghcr.io/acme/site:2", environmentVariables: { A: "1" } }),
    );
    assert.equal(outputs["liveImage"], "ghcr.io/acme/site:9");
    assert.deepEqual(await world.writes(), [
      `PUT /services/${state.id}/env-vars/A`,
      `POST /services/${state.id}/deploys`,
    ]);
  });

  it("does not wait for a pipeline's deploy under external management", async () => {
    const external = { imageManagement: "external", healthCheckPath: "/" };
    const state = await created(external);
    await world.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:unhealthy" });
    const { outputs } = await world.plugin.update(WEB_SERVICE, state, world.site({ ...external, numInstances: 2 }));
    assert.match(String(outputs["deployStatus"]), /created|_in_progress/);
    assert.equal(outputs["liveImage"], "ghcr.io/acme/site:1");
  });

  it("does not wait for a deploy when told so, nor fail with it", async () => {
    const state = await created();
    const declared = world.site({ image: "ghcr.io/acme/site:unhealthy", healthCheckPath: "/", waitForDeploy: false });
    const { outputs } = await world.plugin.update(WEB_SERVICE, state, declared);
    assert.match(String(outputs["deployStatus"]), /created|_in_progress/);
    assert.equal(outputs["liveImage"], "ghcr.io/acme/site:1");
  });

  it("waits for its deploy behind another one's, which Render gives no id before its turn", async () => {
    const waiting = await startRenderWorld();
    try {
      waiting.runner.script(/:slow$/, "unhealthy");
      const state = await waiting.plugin.create(WEB_SERVICE, waiting.site(unhealthyBefore()));
      const other = await waiting.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:slow" });
      await waiting.requests();
      const declared = waiting.site({ image: "ghcr.io/acme/site:2", healthCheckPath: "/" });
      const updating = waiting.plugin.update(WEB_SERVICE, state, declared);
      const asked = new Set<string>();
      while (![...asked].some((request) => request.startsWith("POST "))) {
        for (const request of await waiting.requests()) asked.add(request);
      }
      await waiting.api("POST", `/services/${state.id}/deploys/${other.id}/cancel`);
      const { outputs } = await updating;
      assert.deepEqual([outputs["deployStatus"], outputs["liveImage"]], ["live", "ghcr.io/acme/site:2"]);
      assert.equal((await waiting.state())["deploys"], 3);
    } finally {
      await waiting.stop();
    }
  });

  /** A site whose present image is healthy and whose next one will not become so. */
  function unhealthyBefore() {
    return { healthCheckPath: "/" };
  }

  async function pending(serviceId: string, status = /created|queued|in_progress/): Promise<string | undefined> {
    const [{ deploy }] = await world.api("GET", `/services/${serviceId}/deploys`);
    return status.test(deploy.status) ? deploy.id : undefined;
  }

  /** Waits until a deploy's instance has started. */
  async function untilPending(serviceId: string): Promise<string> {
    for (;;) {
      const id = await pending(serviceId, /update_in_progress/);
      if (id) return id;
    }
  }
});
