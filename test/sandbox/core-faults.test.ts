import assert from "node:assert/strict";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("faults of emulated services", () => {
  let services: ServicesUnderTest;
  before(async () => {
    services = await startForTest();
  });
  after(() => services.close());
  beforeEach(async () => {
    await services.console("POST", "/reset");
  });

  const addFault = async (rule: object): Promise<number> => {
    const { status, body } = await services.console("POST", "/faults", rule);
    assert.equal(status, 201);
    return body.id;
  };
  const create = (name: string) => services.github("POST", "/orgs/acme/repos", { name });
  const count = async (): Promise<number> => (await services.github("GET", "/orgs/acme/repos")).body.length;

  it("answers instead of the service, before anything happens", async () => {
    await addFault({ service: "github", method: "post", path: "/api/v3/orgs/*/repos", action: { status: 503 } });
    assert.equal((await create("site")).status, 503);
    assert.equal(await count(), 0);
    assert.equal((await create("site")).status, 201);
  });

  it("loses the answer after the effect", async () => {
    await addFault({ service: "github", method: "POST", when: "after", action: { status: 502, body: { lost: true } } });
    const answer = await create("site");
    assert.deepEqual([answer.status, answer.body], [502, { lost: true }]);
    assert.equal(await count(), 1);
  });

  it("cuts the connection and stays up", async () => {
    await addFault({ service: "github", method: "POST", when: "after", action: { cut: true } });
    await assert.rejects(create("site"), /fetch failed/);
    assert.equal(await count(), 1);
    const [call] = await services.traffic("github");
    assert.equal(call?.status, null);
    assert.equal(call?.fault, "after effect: connection cut");
  });

  it("holds a call until the rule is taken back, and meets it with the action then", async () => {
    const id = await addFault({ service: "github", method: "POST", when: "after", action: { cut: true }, held: true });
    const created = create("site");
    const failed = assert.rejects(created, /fetch failed/);
    while ((await count()) === 0);
    assert.deepEqual(await Promise.race([created, Promise.resolve("held")]), "held");
    await services.console("DELETE", `/faults/${id}`);
    await failed;
  });

  it("does nothing for a caller that has hung up while it was held", async () => {
    const id = await addFault({ service: "github", method: "POST", action: { delayMs: 1 }, held: true });
    const { baseUrl } = services.running.services.github;
    const headers = { Authorization: `Bearer ${services.running.env["GITHUB_TOKEN"]}`, "User-Agent": "test" };
    const calling = new AbortController();
    const call = fetch(`${baseUrl}/api/v3/orgs/acme/repos`, {
      ...{ method: "POST", headers, signal: calling.signal },
      body: JSON.stringify({ name: "site" }),
    });
    while ((await services.console("GET", "/faults")).body[0].hits === 0);
    calling.abort();
    await assert.rejects(call, { name: "AbortError" });
    await services.console("DELETE", `/faults/${id}`);
    assert.equal(await count(), 0);
  });

  it("cuts the connection in the middle of an answer", async () => {
    await addFault({ service: "github", method: "POST", action: { cut: "body" } });
    await assert.rejects(create("site"), /terminated|aborted|other side closed/);
    assert.equal(await count(), 1);
    const [call] = await services.traffic("github");
    assert.equal(call?.fault, "connection cut in the middle of the answer");
  });

  it("sends a call twice", async () => {
    await addFault({ service: "github", method: "POST", action: { doubled: true } });
    assert.equal((await create("site")).status, 422);
    assert.equal(await count(), 1);
  });

  it("answers with a page in the service's place, or cuts its answer in the middle", async () => {
    const { baseUrl } = services.running.services.github;
    const headers = { Authorization: `Bearer ${services.running.env["GITHUB_TOKEN"]}`, "User-Agent": "test" };
    const text = async (): Promise<string> => {
      const answer = await fetch(`${baseUrl}/api/v3/orgs/acme/repos`, { headers });
      assert.equal(answer.status, 200);
      return answer.text();
    };
    await create("site");
    const whole = await text();
    await addFault({ service: "github", method: "GET", action: { status: 200, text: "<html>Down</html>" } });
    await addFault({ service: "github", method: "GET", action: { status: 200, text: "" } });
    await addFault({ service: "github", method: "GET", action: { truncated: true } });
    assert.deepEqual(
      [await text(), await text(), await text(), await text()],
      ["<html>Down</html>", "", whole.slice(0, Math.floor(whole.length / 2)), whole],
    );
  });

  it("slows a call down", async () => {
    await addFault({ service: "github", method: "POST", action: { delayMs: 120 } });
    assert.equal((await create("site")).status, 201);
    const [call] = await services.traffic("github");
    assert.ok(call && call.durationMs >= 119, `took ${call?.durationMs} ms`);
  });

  it("limits the rate with Retry-After and the vendor's body", async () => {
    const action = { rateLimit: { retryAfterSeconds: 7 } };
    await addFault({ service: "github", action });
    const answer = await create("site");
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get("retry-after"), "7");
    assert.match(answer.body.message, /secondary rate limit/);
  });

  it("lets calls pass first, and hits as often as it is told", async () => {
    const action = { status: 500 };
    await addFault({ service: "github", method: "POST", skip: 1, times: 2, action });
    const answers = [await create("a"), await create("b"), await create("c"), await create("d")];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 500, 500, 201],
    );
  });

  it("counts every method and path apart when it is told to", async () => {
    await addFault({ service: "github", each: true, times: 2, action: { status: 500 } });
    const answers = [await create("a"), await create("a"), await create("a")];
    const looks = [];
    for (const name of ["a", "a", "a", "b"]) looks.push(await services.github("GET", `/repos/acme/${name}`));
    assert.deepEqual(
      [...answers, ...looks].map(({ status }) => status),
      [500, 500, 201, 500, 500, 200, 500],
    );
  });

  it("chooses calls by service, glob and regular expression", async () => {
    const action = { status: 500 };
    await addFault({ service: "sentry", times: "always", action });
    await addFault({ service: "github", path: "/api/v3/repos/**/topics", times: "always", action });
    await addFault({ service: "github", pathPattern: "per_page=7$", times: "always", action });
    assert.equal((await create("site")).status, 201);
    assert.equal((await services.github("GET", "/repos/acme/site")).status, 200);
    assert.equal((await services.github("GET", "/repos/acme/site/topics")).status, 500);
    assert.equal((await services.github("GET", "/orgs/acme/repos?per_page=7")).status, 500);
    assert.equal((await services.sentry("GET", "/api/0/organizations/")).status, 500);
  });

  it("lists, removes and clears rules", async () => {
    const id = await addFault({ service: "github", action: { status: 500 }, times: "always" });
    await addFault({ service: "render", action: { cut: true } });
    await count().catch(() => undefined);
    const listed = await services.console("GET", "/faults");
    assert.deepEqual(
      listed.body.map(({ service, hits }: { service: string; hits: number }) => [service, hits]),
      [
        ["github", 1],
        ["render", 0],
      ],
    );
    assert.equal((await services.console("DELETE", `/faults/${id}`)).status, 204);
    assert.equal((await services.console("DELETE", `/faults/${id}`)).status, 404);
    assert.equal((await services.console("DELETE", "/faults")).status, 204);
    assert.deepEqual((await services.console("GET", "/faults")).body, []);
  });

  it("refuses a rule that it does not understand, with every problem", async () => {
    const { status, body } = await services.console("POST", "/faults", {
      service: "gitlab",
      path: "no-slash",
      action: { status: 500 },
      unknown: 1,
    });
    assert.equal(status, 400);
    assert.equal(body.problems.length, 3);
    assert.match(body.problems.join("\n"), /service: .*\n.*path: /);
    assert.equal((await services.console("POST", "/faults", "not json")).status, 400);
  });
});
