import assert from "node:assert/strict";
import { request } from "node:http";
import { callsOf, readEvents } from "./console-events.ts";
import { assertNoSecret, fill, send, startWorld } from "./console-world.ts";
import type { ServicesUnderTest } from "./core-client.ts";

describe("the console's event stream", () => {
  let world: ServicesUnderTest;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  it("sends the calls so far, then each new one, without bodies or secrets", async () => {
    await send(world, "github", "GET", "/api/v3/user");
    const reading = readEvents(world, ({ event, data }) => event === "calls" && data.at(-1).service === "render");
    await fill(world);
    const events = await reading;
    assert.equal(events[0]?.event, "reset");
    const calls = callsOf(events);
    assert.equal(calls[0]?.path, "/api/v3/user");
    assert.deepEqual(
      calls.map(({ number }) => number),
      calls.map((_call, index) => index + 1),
    );
    assert.ok(!JSON.stringify(events).includes("requestBody"));
    assertNoSecret(world, JSON.stringify(events));
  });

  it("continues after the last event that a browser has seen", async () => {
    await send(world, "github", "GET", "/api/v3/user");
    const id = (await readEvents(world, ({ event }) => event === "calls")).at(-1)?.id ?? "";
    await send(world, "sentry", "GET", "/api/0/organizations/");
    const events = await readEvents(world, ({ event }) => event === "calls", { "Last-Event-ID": id });
    assert.deepEqual(
      events.map(({ event }) => event),
      ["calls"],
    );
    assert.deepEqual(
      callsOf(events).map(({ service }) => service),
      ["sentry"],
    );
  });

  it("tells the page to forget its calls after a reset", async () => {
    await send(world, "github", "GET", "/api/v3/user");
    const id = (await readEvents(world, ({ event }) => event === "calls")).at(-1)?.id ?? "";
    await world.console("POST", "/reset");
    await send(world, "sentry", "GET", "/api/0/organizations/");
    const events = await readEvents(world, ({ event }) => event === "calls", { "Last-Event-ID": id });
    assert.equal(events[0]?.event, "reset");
    assert.deepEqual(
      callsOf(events).map(({ service }) => service),
      ["sentry"],
    );
  });

  it("tells of faults as they are added and hit", async () => {
    const reading = readEvents(world, ({ event, data }) => event === "snapshot" && data.faults[0]?.hits === 1);
    await world.console("POST", "/faults", { service: "render", action: { status: 503 } });
    await assert.rejects(send(world, "render", "GET", "/v1/owners"), /503/);
    const { data } = (await reading).at(-1) ?? {};
    assert.equal(data.faults[0].service, "render");
  });

  it("does not keep the sandbox from stopping", async () => {
    const other = await startWorld();
    const opened = Promise.withResolvers<void>();
    const reading = readEvents(other, () => {
      opened.resolve();
      return false;
    });
    const ended = assert.rejects(reading, /The stream ended|terminated/);
    await opened.promise;
    await other.close();
    await ended;
  });

  it("gives one call with bodies, masked even when the traffic is recorded raw", async () => {
    const raw = await startWorld({ rawTraffic: true });
    try {
      await fill(raw);
      const calls = await raw.traffic();
      assert.ok(JSON.stringify(calls).includes(raw.running.env["GITHUB_TOKEN"] ?? "none"));
      for (const { number } of calls) {
        const { body } = await raw.console("GET", `/calls/${number}`);
        assert.equal(body.number, number);
        assertNoSecret(raw, JSON.stringify(body));
      }
      assert.equal((await raw.console("GET", "/calls/9999")).status, 404);
    } finally {
      await raw.close();
    }
  });
});

describe("the console towards other origins", () => {
  let world: ServicesUnderTest;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  it("refuses what another page's script sends, and does nothing", async () => {
    const fault = { service: "render", action: { status: 500 } };
    const refused = await world.console("POST", "/faults", fault, { Origin: "https://elsewhere.example" });
    assert.equal(refused.status, 403);
    assert.match(refused.body.problems[0], /only its own page and local programs/);
    const own = await world.console("GET", "/faults", undefined, { Origin: world.running.console.baseUrl });
    assert.deepEqual([own.status, own.body], [200, []]);
  });

  it("refuses a foreign name that points at this machine", async () => {
    const { port } = new URL(world.running.console.baseUrl);
    const status = await new Promise((resolve, reject) => {
      const headers = { Host: `elsewhere.example:${port}` };
      const sent = request({ host: "127.0.0.1", port, path: "/_sandbox/traffic", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on("error", reject);
      sent.end();
    });
    assert.equal(status, 403);
  });

  it("serves the page under a policy that allows nothing inline and nothing from elsewhere", async () => {
    const page = await fetch(`${world.running.console.baseUrl}/`);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    const html = await page.text();
    assert.doesNotMatch(html, /https?:\/\/|<style|style=|\son\w+=/);
    const outside = await fetch(`${world.running.console.baseUrl}/page/..%2findex.ts`);
    assert.equal(outside.status, 404);
  });
});
