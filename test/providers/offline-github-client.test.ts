import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { type OfflineWorld, openOfflineWorld } from "./offline-world.ts";

const REPOSITORY = "github:index/repository:Repository";

describe("client of the offline github edition", () => {
  let world: OfflineWorld | undefined;

  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  const open = async (...options: Parameters<typeof openOfflineWorld>): Promise<OfflineWorld> => {
    world = await openOfflineWorld(...options);
    return world;
  };

  it("asks nothing without a token", async () => {
    const { calls } = await open("github", {}, { GITHUB_TOKEN: "" });
    assert.deepEqual(await calls(), []);
  });

  it("asks who it is when there is a token and no owner", async () => {
    const { calls } = await open("github", {}, { GITHUB_OWNER: "" });
    assert.deepEqual(await calls(), ["GET /user"]);
  });

  it("makes repositories of a user below /user", async () => {
    const { plugin, calls, fault } = await open("github", false);
    await fault({ service: "github", path: "/api/v3/orgs/acme", action: { status: 404, body: {} } });
    await plugin.configure({ writeDelayMs: "1" });
    await plugin.create(REPOSITORY, { name: "mine" }).catch(() => undefined);
    assert.deepEqual((await calls()).slice(0, 2), ["GET /orgs/acme", "POST /user/repos"]);
  });

  it("fails in Configure when GitHub refuses the token, without showing it", async () => {
    const { plugin } = await open("github", false, { GITHUB_TOKEN: "wrong-token-of-mine" });
    await assert.rejects(plugin.configure(), (error: Error) => {
      assert.match(error.message, /GET http:.*\/api\/v3\/orgs\/acme: 401 Bad credentials/);
      assert.doesNotMatch(error.message, /wrong-token-of-mine/);
      return true;
    });
  });

  it("takes the configuration's address and owner when the environment has none", async () => {
    const { plugin, env, calls } = await open("github", false, { GITHUB_BASE_URL: "", GITHUB_OWNER: "" });
    await plugin.configure({ baseUrl: env["GITHUB_BASE_URL"] ?? "", owner: "acme" });
    assert.deepEqual(await calls(), ["GET /orgs/acme"]);
  });

  it("does not accept a wait of nothing, as the vendor's plugin does not", async () => {
    const { plugin } = await open("github", false);
    await assert.rejects(plugin.configure({ writeDelayMs: "0" }), /write_delay_ms must be greater than 0ms/);
  });

  it("waits after each write", async () => {
    const { plugin } = await open("github", { writeDelayMs: "150" });
    const started = performance.now();
    await plugin.create(REPOSITORY, { name: "site" });
    // Two writes, each followed by another request.
    assert.ok(performance.now() - started >= 300);
  });

  it("repeats a request that a server error answered", async () => {
    const { plugin, calls, fault } = await open("github", { writeDelayMs: "1", retryDelayMs: "1" });
    await plugin.create(REPOSITORY, { name: "site" });
    await calls();
    await fault({ service: "github", path: "/api/v3/repos/acme/site", action: { status: 502, body: {} }, times: 3 });
    assert.equal((await plugin.read(REPOSITORY, "site"))?.id, "site");
    const asked = (await calls()).filter((call) => call === "GET /repos/acme/site");
    assert.equal(asked.length, 4);
  });

  it("gives up after three repetitions", async () => {
    const { plugin, fault } = await open("github", { retryDelayMs: "1" });
    await fault({
      service: "github",
      path: "/api/v3/repos/acme/site",
      action: { status: 502, body: { message: "Server Error" } },
      times: "always",
    });
    await assert.rejects(plugin.read(REPOSITORY, "site"), /GET .*\/repos\/acme\/site: 502 Server Error/);
  });

  it("waits as long as a rate limit says", async () => {
    const { plugin, calls, fault } = await open("github", { writeDelayMs: "1" });
    await plugin.create(REPOSITORY, { name: "site" });
    await calls();
    await fault({
      service: "github",
      path: "/api/v3/repos/acme/site",
      action: { rateLimit: { retryAfterSeconds: 0 } },
      times: 2,
    });
    assert.equal((await plugin.read(REPOSITORY, "site"))?.id, "site");
    assert.equal((await calls()).filter((call) => call === "GET /repos/acme/site").length, 3);
  });

  it("asks with the ETag of what it knows, and keeps that when nothing changed", async () => {
    const { plugin, recorded } = await open("github", { writeDelayMs: "1" });
    const created = await plugin.create(REPOSITORY, { name: "site" });
    await recorded();
    assert.deepEqual(await plugin.read(REPOSITORY, created), created);
    const [call] = await recorded();
    assert.equal(call?.requestHeaders["if-none-match"], created.outputs["etag"]);
  });
});
