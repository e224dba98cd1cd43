import assert from "node:assert/strict";
import { isDebianRoot } from "../../sandbox/docker/system/debian-packages.ts";
import { BASE, COLD_MS, fetchOnceUp, TestWorld, until } from "./docker-world.ts";
import { readsIgnoreFileAsTheChainDoes } from "./ignore-file-cases.ts";

describe("the container world without an engine, on buildah", function () {
  this.timeout(900_000);
  let test: TestWorld;

  before(async function () {
    this.timeout(COLD_MS);
    if (!(await isDebianRoot())) this.skip();
    test = await TestWorld.open("buildah");
    await test.build();
  });
  after(() => test?.close());

  const image = (): string => `${test.repository}:test`;

  it("builds the site once, pushes it and serves it", async () => {
    const { digest, log } = await test.build();
    assert.match(log.join("\n"), /Using cache/);
    const env = { DJANGO_SECRET_KEY: "it's a key", SENTRY_RELEASE: "notes@42" };
    const request = { name: "site", image: image(), env, credential: test.world.registry };
    const site = await test.world.runner.start(request);
    try {
      assert.equal(site.digest, digest);
      const health = await fetchOnceUp(`${site.url}/healthz/`);
      assert.deepEqual(await health.json(), { status: "ok", release: "notes@42" });
      assert.equal(await site.running(), true);
    } finally {
      await site.stop();
    }
    assert.equal(await site.running(), false);
    await assert.rejects(fetch(site.url));
  });

  it("gives a command its environment and files, and tells how it ended", async () => {
    const container = await test.world.runner.start({
      ...{ name: "command", image: image(), credential: test.world.registry, env: { QUOTED: `it's "here" $HOME` } },
      command: 'cat /etc/secrets/note && echo "$QUOTED" && id -u && exit 3',
      files: { "/etc/secrets/note": "from a file\n" },
    });
    await until(async () => !(await container.running()));
    assert.equal(await container.exitCode?.(), 3);
    assert.deepEqual(await container.logs(3), ["from a file", `it's "here" $HOME`, "10001"]);
    await container.stop();
  });

  it("names the step that broke, the base image, the login and the image that is not there", async () => {
    const broken = await test.contextOf(BASE, "RUN echo the reason && exit 4");
    await assert.rejects(
      test.build(broken),
      /\[2\/2\] RUN echo the reason && exit 4 ended with exit code 4\.\n {2}the reason\n/,
    );
    const noBase = await test.contextOf("FROM localhost:1/no/base:1");
    await assert.rejects(test.build(noBase), /its base image localhost:1\/no\/base:1 was not found/);
    const registries = [{ ...test.world.registry, password: "wrong-password" }];
    await assert.rejects(test.build({ registries }), /refused the login of user "delivery": 401 Unauthorized/);
    const missing = { name: "missing", image: `${test.repository}:nothing`, env: {}, credential: test.world.registry };
    await assert.rejects(test.world.runner.start(missing), /:nothing does not exist in the registry/);
  });

  it("leaves out of a build what the chain would leave out of a context", () => readsIgnoreFileAsTheChainDoes(test));

  it("leaves no process and no mount", async () => {
    await test.world.runner.start({
      ...{ name: "left-running", image: image(), env: {}, credential: test.world.registry, command: "sleep 600" },
    });
    assert.notDeepEqual(await test.leftovers(), []);
    await test.world.close();
    assert.deepEqual(await test.leftovers(), []);
  });
});
