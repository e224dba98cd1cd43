import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { PluginError, type State } from "./harness.ts";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("render:index:WebService when requests fail", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const first = { environmentVariables: { A: "1", OLD: "x" }, customDomains: ["a.example.com"] };
  const second = {
    image: "ghcr.io/acme/site:2",
    plan: "standard",
    numInstances: 2,
    environmentVariables: { A: "2" },
    generatedVariables: ["SECRET_KEY"],
    secretFiles: { "a.pem": "k3y-material" },
    customDomains: ["b.example.com"],
  };
  const inOrder = async (id: string, inputs: State["inputs"]): Promise<void> => {
    assert.equal((await world.state())["services"], 1);
    const state = await world.plugin.read(WEB_SERVICE, id);
    assert.ok(state);
    const wanted = world.site(inputs);
    assert.deepEqual([state.inputs["image"], state.outputs["deployStatus"]], [wanted["image"], "live"]);
  };
  const refused = { status: 400, body: { message: "no such luck" } };

  for (const [step, method, path] of [
    ["the look-up of its name", "GET", "/v1/services"],
    ["its creation", "POST", "/v1/services"],
  ] as const) {
    it(`leaves nothing behind when ${step} is refused`, async () => {
      await world.fault({ method, path, action: refused });
      await assert.rejects(world.plugin.create(WEB_SERVICE, world.site(first)), (error: PluginError) => {
        assert.match(error.message, new RegExp(`${method} /services answered 400: no such luck`));
        assert.equal(error.partial, undefined);
        return true;
      });
      assert.equal((await world.state())["services"], 0);
    });
  }

  for (const [step, method, path] of [
    ["a custom domain", "POST", "/v1/services/*/custom-domains"],
    ["a look at the service", "GET", "/v1/services/srv-*"],
    ["a look at the variables", "GET", "/v1/services/*/env-vars"],
    ["a look at the deploy", "GET", "/v1/services/*/deploys/*"],
  ] as const) {
    it(`keeps a created service in the state when ${step} is refused, and finishes it the next time`, async () => {
      await world.fault({ method, path, action: refused });
      const error = await world.plugin.create(WEB_SERVICE, world.site(first)).catch((reason: unknown) => reason);
      assert.ok(error instanceof PluginError && error.partial);
      const finished = await world.plugin.update(WEB_SERVICE, error.partial, world.site(first));
      assert.equal(finished.outputs["deployStatus"], "live");
      assert.deepEqual(Object.keys(finished.outputs["customDomainStatus"] as object), ["a.example.com"]);
      await inOrder(error.partial.id, first);
    });
  }

  for (const [step, method, path] of [
    ["a look at the service", "GET", "/v1/services/srv-*"],
    ["a variable's value", "PUT", "/v1/services/*/env-vars/A"],
    ["a generated variable", "PUT", "/v1/services/*/env-vars/SECRET_KEY"],
    ["a variable's removal", "DELETE", "/v1/services/*/env-vars/OLD"],
    ["a secret file", "PUT", "/v1/services/*/secret-files/a.pem"],
    ["the settings", "PATCH", "/v1/services/*"],
    ["the number of instances", "POST", "/v1/services/*/scale"],
    ["a custom domain", "POST", "/v1/services/*/custom-domains"],
    ["a custom domain's removal", "DELETE", "/v1/services/*/custom-domains/*"],
    ["the deploy", "POST", "/v1/services/*/deploys"],
    ["a look at the deploy", "GET", "/v1/services/*/deploys/*"],
  ] as const) {
    it(`finishes an update the next time when ${step} was refused`, async () => {
      const state = await world.plugin.create(WEB_SERVICE, world.site(first));
      await world.fault({ method, path, action: refused });
      const error = await world.plugin
        .update(WEB_SERVICE, state, world.site(second))
        .catch((reason: unknown) => reason);
      assert.ok(error instanceof PluginError);
      assert.match(error.message, /answered 400: no such luck/);
      const kept: State = { ...state, outputs: error.partial?.outputs ?? state.outputs };
      const updated = await world.plugin.update(WEB_SERVICE, kept, world.site(second));
      assert.equal(updated.outputs["deployStatus"], "live");
      assert.deepEqual(updated.outputs["undeclaredVariables"], []);
      await inOrder(state.id, second);
      await world.requests();
      await world.plugin.update(WEB_SERVICE, updated, world.site(second));
      assert.deepEqual(await world.writes(), []);
    });
  }

  for (const [what, action] of [
    ["refused twice for too many requests", { rateLimit: { retryAfterSeconds: 0 } }],
    ["answered twice with 503", { status: 503 }],
  ] as const) {
    it(`ends with one service, live, when each kind of request is ${what}`, async () => {
      for (const method of ["GET", "PUT", "PATCH", "DELETE", ...("rateLimit" in action ? ["POST"] : [])]) {
        await world.fault({ method, path: "/v1/services**", action, times: 2 });
      }
      const state = await world.plugin.create(WEB_SERVICE, world.site(first));
      const updated = await world.plugin.update(WEB_SERVICE, state, world.site(second));
      assert.equal(updated.outputs["deployStatus"], "live");
      await inOrder(state.id, second);
    });
  }

  for (const when of ["before", "after"] as const) {
    it(`ends with one service and no deploy too many when the connection is cut ${when} each POST takes effect`, async () => {
      for (const path of ["/v1/services", "/v1/services/*/custom-domains", "/v1/services/*/deploys"]) {
        await world.fault({ method: "POST", path, when, action: { cut: true } });
      }
      const state = await world.plugin.create(WEB_SERVICE, world.site(first));
      const updated = await world.plugin.update(WEB_SERVICE, state, world.site(second));
      await inOrder(updated.id, second);
      const deploys = await world.api("GET", `/services/${state.id}/deploys`);
      assert.equal(deploys.length, 2);
      const domains = await world.api("GET", `/services/${state.id}/custom-domains`);
      assert.equal(domains.length, 1);
    });
  }

  it("starts no second deploy when a look after the first one was refused", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.fault({ method: "GET", path: "/v1/services/*/env-vars", skip: 1, action: refused });
    const declared = world.site({ environmentVariables: { A: "1" } });
    const error = await world.plugin.update(WEB_SERVICE, state, declared).catch((reason: unknown) => reason);
    assert.ok(error instanceof PluginError && error.partial);
    const kept = { ...state, outputs: error.partial.outputs };
    const { outputs } = await world.plugin.update(WEB_SERVICE, kept, declared);
    assert.equal(outputs["deployStatus"], "live");
    assert.equal((await world.api("GET", `/services/${state.id}/deploys`)).length, 2);
  });

  it("finds the deploy that Render queued without telling its id", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.fault({ method: "POST", path: "/v1/services/*/deploys", when: "after", action: { status: 204 } });
    const updated = await world.plugin.update(WEB_SERVICE, state, world.site({ image: "ghcr.io/acme/site:2" }));
    assert.deepEqual([updated.outputs["liveImage"], updated.outputs["deployStatus"]], ["ghcr.io/acme/site:2", "live"]);
    assert.equal((await world.api("GET", `/services/${state.id}/deploys`)).length, 2);
  });

  it("keeps a failed deletion's service in the state, and deletes it the next time", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.fault({ method: "DELETE", action: refused });
    await assert.rejects(
      world.plugin.delete(WEB_SERVICE, state),
      /DELETE \/services\/srv-\w+ answered 400: no such luck/,
    );
    await world.plugin.delete(WEB_SERVICE, state);
    assert.equal((await world.state())["services"], 0);
  });

  it("fails a refresh rather than taking an unreadable service for a deleted one", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.fault({ method: "GET", path: "/v1/services/*/env-vars", action: { status: 403 } });
    await assert.rejects(world.plugin.read(WEB_SERVICE, state), /answered 403.*RENDER_API_KEY may not do this/s);
  });

  it("tells of an answer that is not as described", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.fault({ method: "GET", path: "/v1/services/srv-*", action: { status: 200, body: { id: "srv-1" } } });
    await assert.rejects(
      world.plugin.read(WEB_SERVICE, state),
      /Render GET \/services\/srv-\w+ answered nothing for name, which has to be a string\./,
    );
  });
});
