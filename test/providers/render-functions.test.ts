import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("functions of the Render provider", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const owner = async (args = {}) => (await world.plugin.invoke("render:index:getOwner", args)).result;
  const service = async (args = {}) => (await world.plugin.invoke("render:index:getService", args)).result;

  it("finds the workspace by id, name and address, and the only one without any", async () => {
    const found = await owner({ id: world.ownerId });
    assert.equal(found["name"], "acme");
    for (const args of [{ name: "acme" }, { email: found["email"] }, {}]) assert.deepEqual(await owner(args), found);
  });

  it("says which workspaces there are when none fits", async () => {
    await assert.rejects(owner({ name: "nobody" }), /no workspace fits name "nobody".*may see: acme \(tea-/);
  });

  it("finds a service and what it runs by id and by name", async () => {
    const { id, outputs } = await world.plugin.create(WEB_SERVICE, world.site());
    const found = await service({ id });
    assert.deepEqual(await service({ name: "site", ownerId: world.ownerId }), found);
    for (const name of ["url", "slug", "deployId", "deployStatus", "liveImage", "liveDigest"]) {
      assert.equal(found[name], outputs[name], name);
    }
  });

  it("refuses a service that is not there, and arguments that name none", async () => {
    await assert.rejects(service({ name: "nobody" }), /there is no service named "nobody"/);
    await assert.rejects(service({ id: "srv-nobody" }), /there is no service srv-nobody/);
    await assert.rejects(service({}), /needs either an id or a name/);
  });
});
