import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { Secret, secret } from "./harness.ts";
import { CREDENTIAL, type RenderWorld, startRenderWorld } from "./render-world.ts";

describe("render:index:RegistryCredential", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const declared = (inputs = {}) => ({
    name: "registry",
    ownerId: world.ownerId,
    registry: "GITHUB",
    username: "robot",
    authToken: secret("t0ken-of-the-registry"),
    ...inputs,
  });

  it("is created once, with a secret token", async () => {
    const state = await world.plugin.create(CREDENTIAL, declared());
    assert.match(state.id, /^rgc-/);
    assert.deepEqual(state.outputs["authToken"], secret("t0ken-of-the-registry"));
    assert.deepEqual(await world.writes(), ["POST /registrycredentials"]);
    const found = await world.api("GET", `/registrycredentials/${state.id}`);
    assert.deepEqual([found.name, found.registry, found.username], ["registry", "GITHUB", "robot"]);
  });

  it("marks a token that was given in plain text as secret", async () => {
    const state = await world.plugin.create(CREDENTIAL, declared({ authToken: "plain-text-token" }));
    assert.ok(state.inputs["authToken"] instanceof Secret);
    assert.ok(state.outputs["authToken"] instanceof Secret);
  });

  it("does not change when declared the same", async () => {
    const state = await world.plugin.create(CREDENTIAL, declared());
    const diff = await world.plugin.diff(CREDENTIAL, state, await world.plugin.checked(CREDENTIAL, declared()));
    assert.equal(diff.changes, false);
  });

  for (const [name, value] of [
    ["name", "other"],
    ["registry", "DOCKER"],
    ["username", "someone"],
    ["authToken", secret("another-token")],
  ] as const) {
    it(`updates ${name} in place`, async () => {
      const state = await world.plugin.create(CREDENTIAL, declared());
      const wanted = await world.plugin.checked(CREDENTIAL, declared({ [name]: value }));
      const diff = await world.plugin.diff(CREDENTIAL, state, wanted);
      assert.deepEqual(diff.detailed, { [name]: "update" });
      await world.requests();
      const updated = await world.plugin.update(CREDENTIAL, state, wanted);
      assert.deepEqual(await world.writes(), [`PATCH /registrycredentials/${state.id}`]);
      assert.deepEqual(updated.outputs[name], value);
    });
  }

  it("is replaced when its workspace changes", async () => {
    const state = await world.plugin.create(CREDENTIAL, declared());
    const diff = await world.plugin.diff(CREDENTIAL, state, declared({ ownerId: "tea-other" }));
    assert.deepEqual(diff.detailed, { ownerId: "update-replace" });
  });

  it("shows an edit by hand as drift", async () => {
    const state = await world.plugin.create(CREDENTIAL, declared());
    const body = { name: "registry", registry: "GITHUB", username: "by-hand", authToken: "x" };
    await world.api("PATCH", `/registrycredentials/${state.id}`, body);
    const refreshed = await world.plugin.read(CREDENTIAL, state);
    assert.ok(refreshed);
    const diff = await world.plugin.diff(CREDENTIAL, refreshed, await world.plugin.checked(CREDENTIAL, declared()));
    assert.deepEqual(diff.detailed, { username: "update" });
  });

  it("is read as gone after it was deleted elsewhere, and deleted without an error", async () => {
    const state = await world.plugin.create(CREDENTIAL, declared());
    await world.api("DELETE", `/registrycredentials/${state.id}`);
    assert.equal(await world.plugin.read(CREDENTIAL, state), undefined);
    await world.plugin.delete(CREDENTIAL, state);
  });

  for (const by of ["id", "name"] as const) {
    it(`is imported by ${by}, and declaring it then changes nothing`, async () => {
      const { id } = await world.plugin.create(CREDENTIAL, declared());
      const imported = await world.plugin.read(CREDENTIAL, by === "id" ? id : "registry");
      assert.ok(imported);
      assert.equal(imported.id, id);
      assert.equal(imported.inputs["ownerId"], world.ownerId);
      const diff = await world.plugin.diff(CREDENTIAL, imported, await world.plugin.checked(CREDENTIAL, declared()));
      assert.deepEqual(diff.detailed, {});
    });
  }

  it("is not imported by a name that two have", async () => {
    await world.plugin.create(CREDENTIAL, declared());
    await world.api("POST", "/registrycredentials", { ...declared(), authToken: "x" });
    await assert.rejects(world.plugin.read(CREDENTIAL, "registry"), /2 registry credentials named "registry" \(rgc-/);
  });

  it("refuses a name that exists, with the command that adopts it", async () => {
    const { id } = await world.plugin.create(CREDENTIAL, declared());
    await assert.rejects(
      world.plugin.create(CREDENTIAL, declared()),
      new RegExp(`pulumi import render:index:RegistryCredential NAME ${id}`),
    );
    assert.equal((await world.state())["registryCredentials"], 1);
  });

  it("is made once when the answer to its creation is lost", async () => {
    await world.fault({ method: "POST", path: "/v1/registrycredentials", when: "after", action: { cut: true } });
    const state = await world.plugin.create(CREDENTIAL, declared());
    assert.equal((await world.state())["registryCredentials"], 1);
    assert.ok(await world.api("GET", `/registrycredentials/${state.id}`));
  });

  for (const [step, method, path] of [
    ["the look-up of its name", "GET", "/v1/registrycredentials"],
    ["its creation", "POST", "/v1/registrycredentials"],
  ] as const) {
    it(`fails with the request and the answer when ${step} is refused, and leaves nothing`, async () => {
      await world.fault({ method, path, action: { status: 400, body: { message: "no such luck" } } });
      await assert.rejects(world.plugin.create(CREDENTIAL, declared()), (error: Error) => {
        assert.match(error.message, new RegExp(`${method} /registrycredentials answered 400: no such luck`));
        assert.doesNotMatch(error.message, /t0ken/);
        return true;
      });
      assert.equal((await world.state())["registryCredentials"], 0);
    });
  }

  it("previews what is known and nothing else", async () => {
    const preview = await world.plugin.previewCreate(CREDENTIAL, declared());
    assert.equal(preview["name"], "registry");
    assert.equal(typeof preview["updatedAt"], "symbol");
    assert.deepEqual(await world.requests(), []);
  });

  it("says how to mend a wrong API key", async () => {
    const plugin = await world.startPlugin({ RENDER_API_KEY: "rnd_wrong" });
    await plugin.configure();
    await assert.rejects(plugin.create(CREDENTIAL, declared()), (error: Error) => {
      assert.match(error.message, /answered 401.*Set RENDER_API_KEY to a valid token/s);
      assert.doesNotMatch(error.message, /rnd_wrong/);
      return true;
    });
  });

  it("asks for an API key before any call", async () => {
    const plugin = await world.startPlugin({ RENDER_API_KEY: "", RENDER_BASE_URL: "render.example" });
    const { failures } = await plugin.checkConfig({});
    assert.deepEqual(
      failures.map(({ reason }) => /RENDER_API_KEY is not set|RENDER_BASE_URL is "render.example"/.test(reason)),
      [true, true],
    );
    await assert.rejects(plugin.configure(), /export RENDER_API_KEY/);
  });
});
