import assert from "node:assert/strict";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("the sandbox's console", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
  });
  afterEach(() => services.close());

  it("counts the objects of every service", async () => {
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
    const { body } = await services.console("GET", "/state");
    assert.deepEqual(Object.keys(body), ["github", "circleci", "sentry", "render"]);
    assert.equal(body.github.repositories, 1);
    assert.equal(body.github.branches, 1);
    assert.equal(body.sentry.projects, 0);
  });

  it("shows calls in order, with bodies, and none of their secrets", async () => {
    await services.github("POST", "/orgs/acme/repos", { name: "site" });
    const hook = { config: { url: "https://example.com/hook", secret: "a webhook's secret" } };
    await services.github("POST", "/repos/acme/site/hooks", hook);
    const calls = await services.traffic();
    assert.deepEqual(
      calls.map(({ number, service, method, path, status }) => [number, service, method, path, status]),
      [
        [1, "github", "POST", "/api/v3/orgs/acme/repos", 201],
        [2, "github", "POST", "/api/v3/repos/acme/site/hooks", 201],
      ],
    );
    assert.deepEqual(calls[0]?.requestBody, { name: "site" });
    const text = JSON.stringify(calls);
    assert.ok(!text.includes("a webhook's secret") && !text.includes("sandbox-github-token"));
  });

  it("shows secrets only when told so at the start", async () => {
    const raw = await startForTest({ rawTraffic: true });
    try {
      await raw.github("GET", "/user");
      const [call] = await raw.traffic();
      assert.equal(call?.requestHeaders["authorization"], "Bearer sandbox-github-token");
    } finally {
      await raw.close();
    }
  });

  it("gives the calls after a number, and those of one service", async () => {
    await services.github("GET", "/user");
    await services.sentry("GET", "/api/0/organizations/");
    await services.github("GET", "/user");
    const lines = async (query: string): Promise<number> =>
      String((await services.console("GET", `/traffic?${query}`)).body ?? "").split("\n").length - 1;
    assert.equal(await lines("after=1"), 2);
    assert.equal(await lines("service=sentry"), 1);
    assert.equal(await lines("service=github&after=1"), 1);
    assert.equal((await services.console("GET", "/traffic?after=x")).status, 400);
  });

  it("marks what the sandbox does not emulate", async () => {
    const missing = await services.github("GET", "/orgs/acme/teams");
    assert.equal(missing.status, 404);
    assert.equal(missing.body.message, "Not Found");
    assert.equal((await services.github("GET", "/repos/acme/none")).status, 404);
    const marks = (await services.traffic()).map(({ notEmulated }) => notEmulated);
    assert.deepEqual(marks, [true, false]);
  });

  it("gives every answer the vendor's request id", async () => {
    const { headers } = await services.github("GET", "/user");
    assert.match(headers.get("x-github-request-id") ?? "", /^[0-9A-F]{4}(:[0-9A-F]+){4}$/);
  });

  it("forgets everything on reset, and counts ids anew", async () => {
    const first = await services.github("POST", "/orgs/acme/repos", { name: "site" });
    await services.console("POST", "/faults", { service: "github", action: { status: 500 } });
    assert.equal((await services.console("POST", "/reset")).status, 204);
    assert.deepEqual(await services.traffic(), []);
    assert.deepEqual((await services.console("GET", "/faults")).body, []);
    const again = await services.github("POST", "/orgs/acme/repos", { name: "site" });
    assert.equal(again.body.id, first.body.id);
  });
});
