/** "Not found" is only believed of an object whose neighbours the API key can see. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { CREDENTIAL, ENVIRONMENT, PROJECT, type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("what Render does not find", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const subjects = [
    [WEB_SERVICE, "services", () => world.site()],
    [PROJECT, "projects", () => ({ name: "shop", ownerId: world.ownerId, environments: [{ name: "production" }] })],
    [
      CREDENTIAL,
      "registrycredentials",
      () => ({ name: "hub", ownerId: world.ownerId, registry: "DOCKER", username: "acme", authToken: "t0ken" }),
    ],
  ] as const;
  const absent = { status: 404, body: { message: "not found" } };

  for (const [token, path, inputs] of subjects) {
    describe(token, () => {
      it("is gone when its workspace lists it no more", async () => {
        const state = await world.plugin.create(token, inputs());
        await world.api("DELETE", `/${path}/${state.id}`);
        assert.equal(await world.plugin.read(token, state), undefined);
        await world.plugin.delete(token, state);
      });

      it("is kept when the key may not see its workspace", async () => {
        const state = await world.plugin.create(token, inputs());
        await world.fault({ path: `/v1/${path}/*`, action: absent, times: "always" });
        await world.fault({ path: "/v1/owners/*", action: absent, times: "always" });
        const cannotTell =
          /may not see its workspace tea-\w+: whether it is gone cannot be told\. Set RENDER_API_KEY to/;
        await assert.rejects(world.plugin.read(token, state), cannotTell);
        await assert.rejects(world.plugin.delete(token, state), cannotTell);
      });

      it("is kept when it is listed all the same", async () => {
        const state = await world.plugin.create(token, inputs());
        await world.fault({ path: `/v1/${path}/*`, action: absent, times: "always" });
        const listed = /Render answered that [a-z ]+ \w+-\w+ does not exist, and lists it all the same; run the same/;
        await assert.rejects(world.plugin.read(token, state), listed);
        await assert.rejects(world.plugin.delete(token, state), listed);
      });
    });
  }

  it("is gone with its project, of an environment", async () => {
    const environments = [{ name: "production" }];
    const project = await world.api("POST", "/projects", { name: "shop", ownerId: world.ownerId, environments });
    const state = await world.plugin.create(ENVIRONMENT, { name: "review", projectId: project.id });
    await world.api("DELETE", `/projects/${project.id}`);
    assert.equal(await world.plugin.read(ENVIRONMENT, state), undefined);
    await world.plugin.delete(ENVIRONMENT, state);
  });
});
