import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servicePortNames } from "../../sandbox/services/core/ports.ts";
import { startServices } from "../../sandbox/services/host.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("the host of the emulated services", () => {
  it("gives each service a loopback port of its own and the environment that points at it", async () => {
    const services = await startForTest();
    try {
      const { services: started, env, console } = services.running;
      const urls = [...Object.values(started).map(({ baseUrl }) => baseUrl), console.baseUrl];
      assert.equal(new Set(urls).size, 5);
      for (const url of urls) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.equal(env["GITHUB_BASE_URL"], `${started.github.baseUrl}/`);
      assert.equal(env["SENTRY_BASE_URL"], `${started.sentry.baseUrl}/`);
      assert.equal(env["RENDER_HOST"], `${started.render.baseUrl}/v1`);
      assert.equal(env["CIRCLE_HOST"], `${started.circleci.baseUrl}/api/v2`);
      assert.equal(env["GITHUB_OWNER"], "acme");
    } finally {
      await services.close();
    }
  });

  it("names a port in use and the next step, and leaves nothing running", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    try {
      await new Promise((resolve) => other.once("listening", resolve));
      const { port } = other.address() as AddressInfo;
      const attempt = startServices({ dbFile: ":memory:", ports: { sentry: port } });
      await assert.rejects(attempt, new RegExp(`Port ${port} for sentry is in use.*choose another port`));
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it("takes the ports of the last time again", async () => {
    const first = await startForTest();
    const { ports } = first.running;
    await first.close();
    const told: string[] = [];
    const second = await startForTest({ keptPorts: ports, log: (line) => told.push(line) });
    try {
      assert.deepEqual(second.running.ports, ports);
      assert.equal(second.running.console.baseUrl, first.running.console.baseUrl);
      assert.deepEqual(second.running.env, first.running.env);
      assert.deepEqual(told, []);
    } finally {
      await second.close();
    }
  });

  for (const name of servicePortNames) {
    it(`tells that another process has the port that ${name} had, and takes another one`, async () => {
      const first = await startForTest();
      const { ports } = first.running;
      await first.close();
      const other = createServer().listen(ports[name], "127.0.0.1");
      await once(other, "listening");
      const told: string[] = [];
      const second = await startForTest({ keptPorts: ports, log: (line) => told.push(line) });
      try {
        const { [name]: moved, ...others } = second.running.ports;
        const { [name]: before, ...kept } = ports;
        assert.deepEqual(others, kept);
        assert.notEqual(moved, before);
        assert.equal(told.length, 1);
        assert.match(
          told[0] ?? "",
          new RegExp(`^Port ${before}, where ${name} was the last time, is in use .* on port ${moved} now`),
        );
      } finally {
        await second.close();
        other.close();
      }
    });
  }

  it("finds everything again after a restart on other ports, under the new addresses", async () => {
    const folder = await mkdtemp(join(tmpdir(), "host-"));
    try {
      const dbFile = join(folder, "services.sqlite");
      const first = await startForTest({ dbFile });
      await first.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
      await first.close();
      const second = await startForTest({ dbFile });
      const { body } = await second.github("GET", "/repos/acme/site");
      const { baseUrl } = second.running.services.github;
      await second.close();
      assert.equal(body.default_branch, "main");
      assert.equal(body.url, `${baseUrl}/api/v3/repos/acme/site`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  describe("keeps to local programs and its own pages:", () => {
    let services: ServicesUnderTest;
    before(async () => {
      services = await startForTest();
    });
    after(() => services.close());

    /** What a request with these headers is answered; `fetch` would put its own Host. */
    const statusOf = async (baseUrl: string, path: string, headers: Record<string, string>): Promise<number> => {
      const asked = request(`${baseUrl}${path}`, { headers }).end();
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      response.resume();
      return response.statusCode ?? 0;
    };

    for (const name of servicePortNames) {
      const path = name === "console" ? "/_sandbox/state" : "/";
      const refused: Record<string, (own: URL) => Record<string, string>> = {
        "a foreign name": ({ port }) => ({ Host: `sandbox.example:${port}` }),
        "a foreign page": () => ({ Origin: "https://evil.example" }),
        "a local file or a frame without an origin": () => ({ Origin: "null" }),
        "a page on another port of this machine": () => ({ Origin: "http://127.0.0.1:1" }),
      };
      for (const [title, headersOf] of Object.entries(refused)) {
        it(`${name} refuses ${title}`, async () => {
          const { console, services: started } = services.running;
          const { baseUrl } = name === "console" ? console : started[name];
          assert.equal(await statusOf(baseUrl, path, headersOf(new URL(baseUrl))), 403);
        });
      }

      it(`${name} answers under each of its own names, and its own origin`, async () => {
        const { console, services: started } = services.running;
        const { baseUrl } = name === "console" ? console : started[name];
        const { port, origin } = new URL(baseUrl);
        for (const host of ["127.0.0.1", "localhost", "[::1]", "host.docker.internal"]) {
          assert.notEqual(await statusOf(baseUrl, path, { Host: `${host}:${port}` }), 403, host);
        }
        assert.notEqual(await statusOf(baseUrl, path, { Origin: origin }), 403);
      });
    }

    it("sentry takes a local site's own reports, and no foreign ones", async () => {
      const { baseUrl } = services.running.services.sentry;
      const report = "/api/1/envelope/";
      assert.notEqual(await statusOf(baseUrl, report, { Origin: "http://127.0.0.1:1" }), 403);
      assert.equal(await statusOf(baseUrl, report, { Origin: "https://evil.example" }), 403);
    });
  });

  it("stops while a slow call is under way", async () => {
    const services = await startForTest();
    const action = { delayMs: 600_000 };
    await services.console("POST", "/faults", { service: "github", action });
    const slow = services.github("GET", "/user").then(
      () => "answered",
      () => "cut off",
    );
    const arrived = async (): Promise<boolean> => (await services.console("GET", "/faults")).body[0].hits === 1;
    const deadline = Date.now() + 5_000;
    while (!(await arrived())) assert.ok(Date.now() < deadline, "the call did not arrive");
    await services.close();
    assert.equal(await slow, "cut off");
  });

  it("lets CircleCI follow only what GitHub has, when the services are linked", async () => {
    const services = await startForTest({ linked: true });
    try {
      const { circleci } = services.running.services;
      const headers = { "Circle-Token": services.running.env["CIRCLE_TOKEN"] ?? "" };
      const follow = () =>
        fetch(`${circleci.baseUrl}/api/v1.1/project/github/acme/site/follow`, { method: "POST", headers });
      assert.equal((await follow()).status, 404);
      await services.github("POST", "/orgs/acme/repos", { name: "site" });
      assert.equal((await follow()).status, 200);
    } finally {
      await services.close();
    }
  });
});
