import assert from "node:assert/strict";
import {
  CHECKOUT_KEY,
  type CircleciWorld,
  CONTEXT,
  CONTEXT_RESTRICTION,
  CONTEXT_VARIABLE,
  PROJECT,
  PROJECT_VARIABLE,
  startCircleciWorld,
} from "./circleci-world.ts";
import { type PluginError, secret } from "./harness.ts";

const SLUG = "gh/acme/site";
const COUNTS = { projects: 1, checkoutKeys: 1, projectVariables: 1, contexts: 1, contextVariables: 1 };

describe("circleci: when things go wrong", () => {
  let world: CircleciWorld;
  before(async () => {
    world = await startCircleciWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  /** One of everything that an OAuth organization has, made and then changed once. */
  const makeAll = async (): Promise<void> => {
    const { plugin } = world;
    const project = await plugin.create(PROJECT, { slug: SLUG });
    await plugin.update(PROJECT, project, { slug: SLUG, settings: { disableSsh: true } });
    await plugin.create(CHECKOUT_KEY, { project: SLUG });
    const variable = { project: SLUG, name: "TOKEN", value: secret("value-1234") };
    const made = await plugin.create(PROJECT_VARIABLE, variable);
    await plugin.update(PROJECT_VARIABLE, made, { ...variable, value: "value-5678" });
    const { id: contextId } = await plugin.create(CONTEXT, { name: "production", organization: "gh/acme" });
    await plugin.create(CONTEXT_VARIABLE, { contextId, name: "TOKEN", value: "value-1234" });
    await plugin.create(CONTEXT_RESTRICTION, { contextId, type: "project", value: project.outputs["projectId"] });
  };
  const assertOneOfEach = async (): Promise<void> => {
    const state = await world.state();
    const counts = Object.fromEntries(Object.keys(COUNTS).map((kind) => [kind, state[kind]]));
    assert.deepEqual(counts, COUNTS);
  };

  it("makes one of everything when each request is refused twice for being one too many", async function () {
    this.timeout(900_000);
    for (let passed = 0; passed < 40; passed += 1) {
      await world.fault({ skip: passed, times: 2, action: { rateLimit: { retryAfterSeconds: 0 } } });
    }
    await makeAll();
    await assertOneOfEach();
  });

  it("makes one of everything when the connection is cut after each first write", async function () {
    this.timeout(900_000);
    for (const method of ["POST", "PUT", "PATCH"]) {
      for (const path of [
        "follow",
        "settings",
        "checkout-key",
        "envvar",
        "context",
        "restrictions",
        "environment-variable",
      ]) {
        const pathPattern = `/${path}(/[^/]*)?$`;
        await world.fault({ method, pathPattern, when: "after", action: { cut: true } });
      }
    }
    await makeAll();
    await assertOneOfEach();
  });

  it("says which variable holds the refused token, and what token is wanted", async () => {
    const plugin = await world.startPlugin({ CIRCLE_TOKEN: "not-the-token" });
    await plugin.configure();
    await assert.rejects(plugin.create(PROJECT, { slug: SLUG }), (error: Error) => {
      assert.match(error.message, /answered 401.*Set CIRCLE_TOKEN.*personal API token/);
      assert.ok(!error.message.includes("not-the-token"));
      return true;
    });
  });

  it("fails before the first call without a token, or with an address that is none", async () => {
    const plugin = await world.startPlugin({ CIRCLE_TOKEN: "", CIRCLE_BASE_URL: "circleci.example" });
    const { failures } = await plugin.checkConfig({});
    assert.equal(failures.length, 2);
    assert.match(failures[0]?.reason ?? "", /CIRCLE_TOKEN is not set; .*export CIRCLE_TOKEN/);
    assert.match(failures[1]?.reason ?? "", /CIRCLE_BASE_URL is "circleci.example"/);
    await assert.rejects(plugin.configure(), /CIRCLE_TOKEN is not set/);
    assert.deepEqual(await world.writes(), []);
  });

  it("keeps a variable that nobody knows whether it was written, when cancelled in the middle", async () => {
    const { id: contextId } = await world.plugin.create(CONTEXT, { name: "production", organization: "gh/acme" });
    await world.plugin.create(PROJECT, { slug: SLUG });
    const cases = [
      [CONTEXT_VARIABLE, { contextId, name: "TOKEN", value: "value-1234" }, "contextVariables", "PUT"],
      [PROJECT_VARIABLE, { project: SLUG, name: "TOKEN", value: "value-1234" }, "projectVariables", "POST"],
      [PROJECT, { slug: "gh/acme/shop" }, "projects", "POST"],
    ] as const;
    for (const [token, declared, kind, method] of cases) {
      const plugin = await world.startPlugin();
      await plugin.configure();
      const before = (await world.state())[kind] ?? 0;
      await world.fault({ method, when: "after", action: { delayMs: 600_000 } });
      const creating = plugin.create(token, declared).then(
        () => assert.fail("it was cancelled"),
        (error: PluginError) => error,
      );
      while ((await world.state())[kind] === before) await new Promise(setImmediate);
      await plugin.cancel();
      const { message, partial } = await creating;
      assert.match(message, /cancelled; run the same command again to continue/);
      assert.ok(partial, `${token} is kept in the state`);
      const finished = await world.plugin.update(token, partial, declared);
      assert.deepEqual(await world.changes(token, await world.refreshed(token, finished), declared), {});
      assert.equal((await world.state())[kind], before + 1);
    }
  });

  it("stops at once when cancelled, in the middle of a wait", async () => {
    const plugin = await world.startPlugin();
    await plugin.configure();
    await world.fault({ times: "always", action: { rateLimit: { retryAfterSeconds: 60 } } });
    const creating = plugin.create(CONTEXT, { name: "production", organization: "gh/acme" });
    const refused = assert.rejects(creating, /cancelled; run the same command again to continue/);
    await plugin.logged(({ message }) => message.startsWith("waiting 6"));
    await plugin.cancel();
    await refused;
  });
});
