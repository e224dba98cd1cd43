import assert from "node:assert/strict";
import { runJob } from "../../sandbox/run-job.ts";
import { startServices } from "../../sandbox/services/host.ts";
import { COLD_MS, fetchOnceUp, TestWorld, until } from "./docker-world.ts";

const SITE_ENV = { DJANGO_SECRET_KEY: "test-key", SENTRY_RELEASE: "notes@42", SENTRY_ENVIRONMENT: "test" };

describe("running in the container world", function () {
  this.timeout(900_000);
  let test: TestWorld;

  before(async function () {
    this.timeout(COLD_MS);
    test = await TestWorld.open();
    await test.build();
  });
  after(() => test?.close());

  const start = (name: string, image: string, request: { env?: Record<string, string>; command?: string } = {}) =>
    test.world.runner.start({ name, image, env: {}, credential: test.world.registry, ...request });

  const image = (): string => `${test.repository}:test`;

  it("serves the site: its health, pages and hashed static files", async () => {
    const { digest } = await test.build();
    const site = await start("site", image(), { env: SITE_ENV });
    try {
      assert.equal(site.digest, digest);
      const health = await fetchOnceUp(`${site.url}/healthz/`);
      assert.deepEqual(await health.json(), { status: "ok", release: "notes@42" });
      const page = await (await fetch(site.url)).text();
      const stylesheet = /\/static\/notes\/site\.[0-9a-f]{12}\.css/.exec(page)?.[0];
      const response = await fetch(`${site.url}${stylesheet}`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("cache-control") ?? "", /immutable/);
      assert.equal((await fetch(`${site.url}/raise-error/`)).status, 500);
      assert.match((await site.logs(50)).join("\n"), /GET \/healthz\//);
      assert.deepEqual([await site.running(), await site.exitCode?.()], [true, undefined]);
    } finally {
      await site.stop();
    }
    assert.equal(await site.running(), false);
    await assert.rejects(fetch(site.url));
  });

  it("says what a tag stands for without pulling it, and nothing of one that is not there, or not for this login", async () => {
    const { digest } = await test.build();
    const { runner, registry } = test.world;
    assert.equal(await runner.digestOf?.(image(), registry), digest);
    assert.equal(await runner.digestOf?.(`${test.repository}@${digest}`), digest);
    assert.equal(await runner.digestOf?.(`${test.repository}:absent`, registry), undefined);
    assert.equal(await runner.digestOf?.(image(), { ...registry, password: "wrong" }), undefined);
  });

  it("runs as a user without rights, with neither pip's configuration nor a key in the image", async () => {
    const question =
      "id -u; test -e /etc/pip.conf || echo none; env | grep -c SECRET; test -w manage.py || echo read-only";
    const container = await start("question", image(), { command: question });
    await until(async () => !(await container.running()));
    assert.deepEqual(await container.logs(10), ["10001", "none", "0", "read-only"]);
    await container.stop();
  });

  it("gives a command its environment and files, and tells how it ended", async () => {
    const env = { QUOTED: `it's "here" $HOME`, LINES: "one\ntwo" };
    const command = 'cat /etc/secrets/note && printf "%s|%s\\n" "$QUOTED" "$LINES" && exit 3';
    const container = await test.world.runner.start({
      ...{ name: "command", image: image(), credential: test.world.registry, env, command },
      files: { "/etc/secrets/note": "from a file\n" },
    });
    await until(async () => !(await container.running()));
    assert.equal(await container.exitCode?.(), 3);
    assert.deepEqual(await container.logs(3), ["from a file", `it's "here" $HOME|one`, "two"]);
    assert.deepEqual(await container.logs(1), ["two"]);
    await container.stop();
  });

  it("shows the last words of a site that does not start", async () => {
    const container = await start("broken", image(), { env: { ...SITE_ENV, DJANGO_SECRET_KEY: "" } });
    await until(async () => !(await container.running()));
    assert.notEqual(await container.exitCode?.(), 0);
    assert.match((await container.logs(20)).join("\n"), /DJANGO_SECRET_KEY is not set/);
    await container.stop();
  });

  it("refuses an image that is not there, and a wrong login", async () => {
    await assert.rejects(start("missing", `${test.repository}:nothing`), /:nothing does not exist in the registry/);
    const credential = { username: "delivery", password: "wrong-password" };
    const wrong = test.world.runner.start({ name: "wrong", image: image(), env: {}, credential });
    await assert.rejects(wrong, /refused the login of user "delivery" for the image .*: 401 Unauthorized\.$/);
  });

  it("runs two at once, on ports of their own, on loopback only", async () => {
    const both = await Promise.all(["blue", "green"].map((name) => start(name, image(), { env: SITE_ENV })));
    try {
      const answers = await Promise.all(both.map(({ url }) => fetchOnceUp(`${url}/healthz/`)));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200],
      );
      assert.notEqual(both[0]?.url, both[1]?.url);
      for (const { url } of both) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      await Promise.all(both.map((container) => container.stop()));
    }
  });

  it("runs a worker and a job of emulated Render, which need no port", async () => {
    const services = await startServices({ dbFile: ":memory:", runner: test.world.runner, steadyMs: 500 });
    try {
      const { baseUrl } = services.services.render;
      const key = services.env["RENDER_API_KEY"] ?? "";
      const ask = async (method: string, path: string, body?: object) => {
        const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
        const response = await fetch(`${baseUrl}/v1${path}`, {
          method,
          headers,
          body: body ? JSON.stringify(body) : null,
        });
        assert.ok(response.ok, await response.clone().text());
        // biome-ignore lint/suspicious/noExplicitAny: answers of several shapes
        return (await response.json()) as any;
      };
      const [{ owner }] = await ask("GET", "/owners");
      const { username, password } = test.world.registry;
      const login = { name: "registry", ownerId: owner.id, registry: "DOCKER", username, authToken: password };
      const credential = await ask("POST", "/registrycredentials", login);
      const create = (type: string, name: string, dockerCommand: string, details: object = {}) =>
        ask("POST", "/services", {
          ...{ type, name, ownerId: owner.id },
          image: { ownerId: owner.id, imagePath: image(), registryCredentialId: credential.id },
          serviceDetails: { runtime: "image", plan: "starter", envSpecificDetails: { dockerCommand }, ...details },
        });
      const worker = await create("background_worker", "worker", "echo waiting for tasks; exec sleep 600");
      await create("cron_job", "cleanup", "echo cleaned; exit 3", { schedule: "0 3 * * *" });
      const deploy = `/services/${worker.service.id}/deploys/${worker.deployId}`;
      await until(async () => (await ask("GET", deploy)).status === "live");
      const lines: string[] = [];
      const signal = AbortSignal.timeout(COLD_MS);
      const run = await runJob({ baseUrl, key, signal }, "cleanup", (line) => lines.push(line));
      assert.deepEqual([run.status, run.nonZeroExit, lines], ["unsuccessful", 3, ["cleaned"]]);
      const { logs } = await ask("GET", `/logs?ownerId=${owner.id}&resource=${worker.service.id}&type=app`);
      assert.deepEqual(
        logs.map(({ message }: { message: string }) => message),
        ["waiting for tasks"],
      );
    } finally {
      await services.close();
    }
  });
});
