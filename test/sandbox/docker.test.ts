import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { openContainerWorld } from "../../sandbox/docker/index.ts";
import { processesMentioning } from "../../sandbox/docker/system/processes.ts";
import { cacheDir } from "../../sandbox/paths.ts";
import { COLD_MS, fetchOnceUp, TestWorld, until } from "./docker-world.ts";

const BASE = "FROM python:3.12.12-slim-bookworm";
const SITE_ENV = { DJANGO_SECRET_KEY: "test-key", SENTRY_RELEASE: "notes@42", SENTRY_ENVIRONMENT: "test" };

describe("the container world", function () {
  this.timeout(60_000);
  let test: TestWorld;

  before(async function () {
    this.timeout(COLD_MS);
    test = await TestWorld.open();
    await test.build();
  });
  after(() => test?.close());

  const start = (name: string, image: string, request: { env?: Record<string, string>; command?: string } = {}) =>
    test.world.runner.start({ name, image, env: {}, credential: test.world.registry, ...request });

  describe("building and pushing", () => {
    it("stores the image in the registry under the digest that it gives", async () => {
      const { digest } = await test.build({ tags: [`${test.repository}:one`, `${test.repository}:two`] });
      assert.match(digest, /^sha256:[0-9a-f]{64}$/);
      for (const tag of ["one", "two"]) {
        const headers = { accept: "application/vnd.docker.distribution.manifest.v2+json" };
        const response = await test.fetchFromRegistry(`acme/notes/manifests/${tag}`, { headers });
        assert.equal(response.headers.get("docker-content-digest"), digest);
      }
    });

    it("builds nothing anew when nothing changed, and only what follows a change", async () => {
      const first = await test.build();
      const second = await test.build();
      assert.equal(second.digest, first.digest);

      const contextDir = await test.copyOfSite();
      assert.equal((await test.build({ contextDir })).digest, first.digest);
      await appendFile(join(contextDir, "notes", "static", "notes", "site.css"), "/* changed */\n");
      const changed = await test.build({ contextDir });
      assert.notEqual(changed.digest, first.digest);
      assert.doesNotMatch(changed.log.join("\n"), /Collecting Django/);
    });

    it("allows deletes to those who are logged in", async () => {
      const { digest } = await test.build({ ...(await test.contextOf(BASE, "RUN echo gone > /gone")) });
      const path = `acme/notes/manifests/${digest}`;
      const stranger = await fetch(`http://${test.world.registry.address}/v2/${path}`, { method: "DELETE" });
      assert.equal(stranger.status, 401);
      assert.equal((await test.fetchFromRegistry(path, { method: "DELETE" })).status, 202);
      assert.equal((await test.fetchFromRegistry(path)).status, 404);
    });

    it("is refused with a wrong password", async () => {
      const registries = [{ ...test.world.registry, password: "wrong-password" }];
      await assert.rejects(test.build({ registries }), ({ message }: Error) => {
        assert.match(message, /refused the login of user "delivery": 401 Unauthorized/);
        assert.doesNotMatch(message, /wrong-password/);
        return true;
      });
      await assert.rejects(test.build({ registries: [] }), /refused a request without a login: 401/);
    });

    it("names the step that broke, and its words", async () => {
      const broken = await test.contextOf(BASE, "RUN echo the reason && exit 4");
      await assert.rejects(test.build(broken), ({ message }: Error) => {
        assert.match(
          message,
          /the step \[2\/2\] RUN echo the reason && exit 4 ended with exit code 4\.\n {2}the reason\n/,
        );
        assert.match(message, /failed to solve: process "\/bin\/sh -c echo the reason && exit 4" did not complete/);
        return true;
      });
    });

    it("names what else is wrong with a Dockerfile", async () => {
      const unreadable = await test.contextOf(BASE, "FOO bar");
      await assert.rejects(test.build(unreadable), /The Dockerfile could not be read\.\n.*FOO/);
      const noFile = await test.contextOf(BASE, "COPY nowhere /x");
      await assert.rejects(test.build(noFile), /the step \[2\/2\] COPY nowhere \/x failed\.\n.*nowhere/);
      const noBase = await test.contextOf("FROM localhost:1/no/base:1");
      await assert.rejects(
        test.build(noBase),
        /its base image localhost:1\/no\/base:1 was not found or is out of reach/,
      );
    });

    it("shows build secrets to the step that asks, and keeps them out of the image", async () => {
      const context = await test.contextOf(
        BASE,
        "RUN --mount=type=secret,id=token,target=/token wc -c < /token > /size",
        'CMD ["sh", "-c", "cat /size; test -e /token || echo no token"]',
      );
      await test.build({ ...context, secrets: { token: "twelve chars" }, tags: [`${test.repository}:secret`] });
      const container = await start("secret", `${test.repository}:secret`);
      await until(async () => !(await container.running()));
      assert.deepEqual(await container.logs(5), ["12", "no token"]);
      await container.stop();
    });

    it("stops with its signal and leaves no step running", async () => {
      const controller = new AbortController();
      const context = await test.contextOf(BASE, "RUN echo asleep && sleep 597.31");
      const onLog = (line: string): void => {
        if (/ asleep$/.test(line) && !line.includes("RUN")) controller.abort(new Error("cancelled"));
      };
      await assert.rejects(test.build({ ...context, signal: controller.signal, onLog }), /cancelled/);
      await until(async () => (await processesMentioning("597.31")).length === 0);
    });
  });

  describe("running", () => {
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
  });

  describe("beside others", () => {
    it("keeps its state folder to itself", async () => {
      const second = openContainerWorld({ cacheDir: cacheDir(), stateDir: test.stateDir, progress: silentProgress });
      await assert.rejects(second, new RegExp(`is in use by process ${process.pid}\\. End that sandbox`));
    });
  });
});

describe("the end of a container world", function () {
  this.timeout(COLD_MS);

  it("leaves no process, mount, control group or container, and keeps port, login and images", async () => {
    const test = await TestWorld.open();
    try {
      const context = await test.contextOf(BASE, 'CMD ["sleep", "600"]');
      const { digest } = await test.build(context);
      const request = { env: {}, image: `${test.repository}:test`, credential: test.world.registry };
      await test.world.runner.start({ name: "left-running", ...request });
      assert.notDeepEqual(await test.leftovers(), []);

      await test.world.close();

      assert.deepEqual(await test.leftovers(), []);
      await test.world.close();
      const again = await openContainerWorld({
        cacheDir: cacheDir(),
        stateDir: test.stateDir,
        progress: silentProgress,
      });
      try {
        assert.deepEqual(again.registry, test.world.registry);
        assert.equal((await test.fetchFromRegistry(`acme/notes/manifests/${digest}`)).status, 200);
      } finally {
        await again.close();
      }
    } finally {
      await test.close();
    }
  });

  it("comes for a world whose process was killed, and the folder is as good as new", async () => {
    const folder = await mkdtemp(join(tmpdir(), "docker-killed-"));
    try {
      const stateDir = join(folder, "state");
      const script = join(import.meta.dirname, "docker-world-process.ts");
      const child = spawn(process.execPath, [script, stateDir], { stdio: ["pipe", "pipe", "inherit"] });
      const exited = once(child, "exit");
      const [line] = await once(child.stdout, "data");
      assert.match(String(line), /^open /);
      child.kill("SIGKILL");
      await exited;
      await until(async () => (await processesMentioning(`${stateDir}/`)).length === 0);

      const test = await TestWorld.open(undefined, folder);
      await test.world.close();
      assert.deepEqual(await test.leftovers(), []);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
