import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { BASE, COLD_MS, TestWorld, until } from "./docker-world.ts";
import { readsIgnoreFileAsTheChainDoes } from "./ignore-file-cases.ts";
import { processesMentioning } from "./mentioning.ts";

describe("building and pushing in the container world", function () {
  this.timeout(900_000);
  let test: TestWorld;

  before(async function () {
    this.timeout(COLD_MS);
    test = await TestWorld.open();
    await test.build();
  });
  after(() => test?.close());

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

  it("leaves out of a build what the chain would leave out of a context", () => readsIgnoreFileAsTheChainDoes(test));

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
    await assert.rejects(test.build(noBase), /its base image localhost:1\/no\/base:1 was not found or is out of reach/);
  });

  it("shows build secrets to the step that asks, and keeps them out of the image", async () => {
    const context = await test.contextOf(
      BASE,
      "RUN --mount=type=secret,id=token,target=/token wc -c < /token > /size",
      'CMD ["sh", "-c", "cat /size; test -e /token || echo no token"]',
    );
    await test.build({ ...context, secrets: { token: "twelve chars" }, tags: [`${test.repository}:secret`] });
    const request = { env: {}, image: `${test.repository}:secret`, credential: test.world.registry };
    const container = await test.world.runner.start({ name: "secret", ...request });
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
