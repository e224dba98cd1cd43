/** What the chain makes of services that refuse, cut connections, or run a bad image: always one of each, and the right state. */
import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";
import type { ResourceState } from "./support/stack-state.ts";

const UP = ["up", "--yes", "--skip-preview"];
/** More runs than the longest chain of requests that depend on one another. */
const MOST_RUNS = 20;

/** Resources of the chain, and what they are called where they are. */
const KINDS = [
  ["github:index/repository:Repository", "github", "repositories"],
  ["github:index/repositoryRuleset:RepositoryRuleset", "github", "rulesets"],
  ["circleci:index:Project", "circleci", "projects"],
  ["circleci:index:Context", "circleci", "contexts"],
  ["circleci:index:ContextVariable", "circleci", "contextVariables"],
  ["sentry:index/sentryTeam:SentryTeam", "sentry", "teams"],
  ["sentry:index/sentryProject:SentryProject", "sentry", "projects"],
  ["render:index:Project", "render", "projects"],
  ["render:index:RegistryCredential", "render", "registryCredentials"],
  ["render:index:WebService", "render", "services"],
] as const;

describe("a chain whose services fail, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;

  before(async () => {
    chain = await openScriptedChain();
    // The vendor's plugin waits a second after each write; nothing here is about that.
    await chain.succeed("config", "set", "github:writeDelayMs", "1");
  });
  after(async () => {
    await chain?.close();
  });

  const site = async (): Promise<ResourceState> => (await chain.state()).only("render:index:WebService");
  const deploysOf = async (
    service: ResourceState,
  ): Promise<{ id: string; status: string; image: { ref: string } }[]> => {
    const listed = await chain.call("render", "GET", `/v1/services/${service.id}/deploys`);
    return listed.map(({ deploy }: { deploy: object }) => deploy);
  };
  /** The image that answers at the site's address. */
  const servedBy = async ({ outputs }: ResourceState): Promise<string> => {
    const answer = await fetch(String(outputs["url"]));
    assert.equal(answer.status, 200);
    return ((await answer.json()) as { image: string }).image;
  };

  /** One of each, known to the state by its id; nothing left over, and nothing left to do. */
  const assertInOrder = async (): Promise<void> => {
    const state = await chain.state();
    const there = await chain.console.state();
    for (const [type, service, kind] of KINDS) {
      const declared = state.resources.filter((resource) => resource.type === type).length;
      assert.ok(declared > 0, `the state holds a ${type}`);
      assert.equal(there[service]?.[kind], declared, `${kind} at ${service}`);
    }
    assert.equal(there["render"]?.["instances"], 1);
    assert.equal(state.pendingOperations, 0);
    assert.deepEqual(
      state.resources.filter(({ initErrors }) => initErrors),
      [],
    );
    const service = state.only("render:index:WebService");
    assert.equal((await chain.call("render", "GET", "/v1/services"))[0].service.id, service.id);
    const contexts = await chain.call("circleci", "GET", "/api/v2/context?owner-slug=gh/acme");
    assert.equal(contexts.items[0].id, state.only("circleci:index:Context").id);
    assert.equal(service.outputs["deployStatus"], "live");
    assert.equal(await servedBy(service), service.inputs["image"]);

    const before = await chain.console.writes();
    await chain.succeed(...UP, "--expect-no-changes");
    assert.deepEqual(await chain.console.writes(), before);
  };

  describe("while everything is created", () => {
    beforeEach(() => chain.reset());

    it("waits out a storm in which each request is refused twice", async () => {
      const refusal = { each: true, times: 2, action: { rateLimit: { retryAfterSeconds: 0 } } };
      for (const service of ["github", "circleci", "sentry", "render"]) {
        await chain.console.fault({ service, ...refusal });
      }
      await chain.succeed(...UP);
      const calls = await chain.console.traffic();
      const distinct = new Set(calls.map(({ service, method, path }) => `${service} ${method} ${path}`));
      assert.equal(calls.filter(({ status }) => status === 429).length, 2 * distinct.size);
      await chain.console.clearFaults();
      await assertInOrder();
    });

    it("finds what each POST had made whose connection was then cut", async () => {
      for (const service of ["circleci", "render"]) {
        await chain.console.fault({ service, method: "POST", each: true, when: "after", action: { cut: true } });
      }
      await chain.succeed(...UP);
      const cut = (await chain.console.traffic()).filter(({ fault }) => fault).map(({ path }) => path);
      for (const path of ["/project/github/acme/site/follow", "/context", "/registrycredentials", "/services"]) {
        assert.ok(
          cut.some((one) => one.endsWith(path)),
          `${path} is among ${cut.join(", ")}`,
        );
      }
      assert.equal((await chain.console.state())["render"]?.["deploys"], 1);
      await assertInOrder();
    });

    it("goes on from wherever a request was refused, until every one was", async () => {
      for (const service of ["circleci", "render"]) {
        await chain.console.fault({ service, each: true, action: { status: 400, body: { message: "no such luck" } } });
      }
      let runs = 1;
      for (; runs <= MOST_RUNS; runs += 1) {
        const { code, stdout, stderr } = await chain.pulumi(...UP, "--continue-on-error");
        if (code === 0) break;
        assert.match(stdout + stderr, /(CircleCI|Render) (GET|POST|PUT|PATCH) \S+ answered 400: no such luck/);
      }
      assert.ok(runs > 1 && runs <= MOST_RUNS, `it took ${runs} runs`);
      await chain.console.clearFaults();
      await assertInOrder();
    });
  });

  describe("once the site runs", () => {
    const urls = (): string => join(chain.projectDir, "sandbox", "app", "notes", "urls.py");
    let original = "";

    before(async () => {
      original = await readFile(urls(), "utf8");
      await chain.reset();
      await chain.succeed(...UP);
    });
    after(() => writeFile(urls(), original));

    it("keeps the old image serving when the new one crashes, says so, and goes on with a good one", async () => {
      const before = await site();
      await appendFile(urls(), "# crashes\n");
      chain.runner.script(/.*/, "crashes");
      const { code, stdout, stderr } = await chain.pulumi(...UP);
      const text = stdout + stderr;
      assert.notEqual(code, 0, text);
      const now = await site();
      const [failed] = await deploysOf(now);
      assert.equal(failed?.status, "update_failed");
      for (const part of [
        `deploy ${failed?.id} of ${failed?.image.ref}`,
        "ended as update_failed (it exited with status 1)",
        `The old image still serves: ${before.inputs["image"]}`,
        "Last lines of its log:",
        "exited with status 1",
        `/deploys/${failed?.id}`,
      ]) {
        assert.ok(text.includes(part), `"${part}" is not in:\n${text}`);
      }
      assert.equal(await servedBy(now), before.inputs["image"]);
      assert.deepEqual([now.id, now.outputs["liveImage"]], [before.id, before.inputs["image"]]);

      chain.runner.script(/.*/, "healthy");
      await writeFile(urls(), `${original}# mended\n`);
      await chain.succeed(...UP);
      assert.deepEqual(
        (await deploysOf(before)).map(({ status }) => status),
        ["live", "update_failed", "deactivated"],
      );
      await assertInOrder();
    });

    it("writes nothing to a suspended service, resumes nothing, and says what to do", async () => {
      const { id } = await site();
      await chain.call("render", "POST", `/v1/services/${id}/suspend`);
      await appendFile(urls(), "# while suspended\n");
      const before = await chain.console.writes();
      const { code, stdout, stderr } = await chain.pulumi(...UP);
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, /service "site-sandbox" is suspended .*Nothing was changed\. Resume it at http/s);
      assert.deepEqual(await chain.console.writes(), before);
      assert.equal((await chain.call("render", "GET", `/v1/services/${id}`)).suspended, "suspended");

      await chain.call("render", "POST", `/v1/services/${id}/resume`);
      await chain.succeed(...UP);
      await assertInOrder();
    });
  });
});
