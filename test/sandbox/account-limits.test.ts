import assert from "node:assert/strict";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import type { AccountLimits } from "../../sandbox/services/core/service.ts";
import { deployHookPath } from "../../sandbox/services/render/deploy-hook.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";
import { startRender } from "./render-client.ts";

describe("emulated services: what tokens and plans do not allow", () => {
  let services: ServicesUnderTest | undefined;
  afterEach(async () => {
    await services?.close();
    services = undefined;
  });
  const start = async (limits: AccountLimits): Promise<ServicesUnderTest> => {
    services = await startForTest({ account: { ...defaultAccount, limits } });
    return services;
  };

  it("GitHub names a classic token's scopes, and shows an organization's plan to admin:org only", async () => {
    const { github } = await start({ githubScopes: ["repo"] });
    assert.equal((await github("GET", "/user")).headers.get("x-oauth-scopes"), "repo");
    assert.equal((await github("GET", "/orgs/acme")).body.plan, undefined);
    assert.equal((await github("GET", "/user/memberships/orgs/acme")).status, 403);
    await services?.close();
    const whole = await start({});
    assert.equal((await whole.github("GET", "/orgs/acme")).body.plan.name, "team");
    const { body } = await whole.github("GET", "/user/memberships/orgs/acme");
    assert.deepEqual([body.state, body.role], ["active", "admin"]);
    assert.equal((await whole.github("GET", "/user/memberships/orgs/other")).status, 404);
  });

  it("GitHub names no scopes of a fine-grained token, and refuses what it has no permission for", async () => {
    const { github } = await start({ githubPermissions: ["administration"] });
    await github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
    assert.equal((await github("GET", "/user")).headers.get("x-oauth-scopes"), null);
    assert.equal((await github("GET", "/repos/acme/site/vulnerability-alerts")).status, 404);
    const refused = await github("GET", "/repos/acme/site/contents/");
    assert.deepEqual([refused.status, refused.body.message], [403, "Resource not accessible by personal access token"]);
  });

  it("GitHub's free plan has rulesets of public repositories only", async () => {
    const { github } = await start({ githubPlan: "free" });
    await github("POST", "/orgs/acme/repos", { name: "closed", private: true });
    await github("POST", "/orgs/acme/repos", { name: "open" });
    assert.equal((await github("GET", "/repos/acme/closed/rulesets")).status, 403);
    assert.equal((await github("GET", "/repos/acme/open/rulesets")).status, 200);
  });

  it("GitHub tells how many calls are left, and the question is none of them", async () => {
    const { github } = await start({ githubCallsLeft: 20 });
    await github("GET", "/user");
    const left = async () => (await github("GET", "/rate_limit")).body.resources.core.remaining;
    assert.deepEqual([await left(), await left()], [19, 19]);
  });

  it("CircleCI does not know an organization that nobody has let it into", async () => {
    const { running } = await start({ circleciAuthorized: false });
    const headers = { "Circle-Token": defaultAccount.tokens.circleci };
    const get = (path: string) => fetch(`${running.services.circleci.baseUrl}/api/v2${path}`, { headers });
    const known = (await (await get("/me/collaborations")).json()) as { slug: string }[];
    assert.deepEqual(
      known.filter(({ slug }) => slug === "gh/acme"),
      [],
    );
    assert.equal((await get("/context?owner-slug=gh/acme")).status, 404);
  });

  it("Sentry shows an organization to org:read only, with what the token may do", async () => {
    const { sentry } = await start({ sentryScopes: ["org:read", "team:read"] });
    assert.deepEqual((await sentry("GET", "/api/0/organizations/acme/")).body.access, ["org:read", "team:read"]);
    await services?.close();
    const narrow = await start({ sentryScopes: ["project:read"] });
    assert.equal((await narrow.sentry("GET", "/api/0/organizations/acme/")).status, 403);
  });

  it("Render counts calls down from what is left", async () => {
    const { running } = await start({ renderCallsLeft: 10 });
    const headers = { authorization: `Bearer ${defaultAccount.tokens.render}` };
    const answer = await fetch(`${running.services.render.baseUrl}/v1/users`, { headers });
    assert.equal(answer.headers.get("ratelimit-remaining"), "9");
  });

  it("Render tells the limit of each kind of request, and refuses what is beyond it where the account says so", async () => {
    let now = Date.parse("2026-01-02T03:04:05Z");
    services = await startForTest({
      account: { ...defaultAccount, limits: { renderRateLimits: true } },
      now: () => new Date(now).toISOString(),
    });
    const { baseUrl } = services.running.services.render;
    const headers = { authorization: `Bearer ${defaultAccount.tokens.render}`, "content-type": "application/json" };
    const send = async (method: string, path: string) => {
      const answer = await fetch(`${baseUrl}/v1${path}`, { method, headers, ...(method !== "GET" && { body: "{}" }) });
      const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
        Number(answer.headers.get(`ratelimit-${name}`)),
      );
      assert.match(answer.headers.get("render-request-id") ?? "", /^[0-9a-f-]+$/);
      return { status: answer.status, limit, remaining, reset };
    };
    for (const [method, path, limit, reset] of [
      ["GET", "/users", 400, 60],
      ["POST", "/services", 20, 3600],
      ["PATCH", "/services/srv-1", 10, 60],
      ["POST", "/services/srv-2/deploys", 10, 60],
      ["POST", "/services/srv-3/scale", 10, 60],
      ["POST", "/services/srv-1/custom-domains", 50, 3600],
      ["DELETE", "/projects/prj-1", 100, 60],
    ] as const) {
      const { status, ...told } = await send(method, path);
      assert.deepEqual(told, { limit, remaining: limit - 1, reset }, `${method} ${path}`);
      assert.notEqual(status, 429);
    }
    for (let count = 1; count < 10; count += 1) await send("POST", "/services/srv-1/deploys");
    const refused = await send("PATCH", "/services/srv-1");
    assert.deepEqual(refused, { status: 429, limit: 10, remaining: 0, reset: 60 }, "changes and deploys share one");
    assert.equal((await send("PATCH", "/services/srv-4")).status, 404, "another service has its own");
    assert.equal((await send("POST", "/services/srv-1/custom-domains")).status, 404, "so do other requests");
    now += 60_000;
    assert.equal((await send("PATCH", "/services/srv-1")).status, 404);
  });
});

describe("emulated Render: deploy hooks", () => {
  it("deploy without an API key for whoever has the address, and are told as what started the deploy", async () => {
    const render = await startRender();
    try {
      const { id, deployId } = await render.createService();
      await render.ended(id, deployId);
      const hook = (path: string): Promise<Response> => fetch(`${render.baseUrl}${path}`, { method: "POST" });
      assert.equal((await hook(`/deploy/${id}?key=guessed`)).status, 404);
      const other = encodeURIComponent("localhost:5000/acme/site:2");
      const { deploy } = (await (await hook(`${deployHookPath(id)}&imgURL=${other}`)).json()) as {
        deploy: { id: string };
      };
      assert.equal(await render.ended(id, deploy.id), "live");
      const { body } = await render.call("GET", `/services/${id}/deploys/${deploy.id}`);
      assert.deepEqual([body.trigger, body.image.ref], ["deploy_hook", "localhost:5000/acme/site:2"]);
    } finally {
      await render.close();
    }
  });
});
