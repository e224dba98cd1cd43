import assert from "node:assert/strict";
import { type Account, accountLists } from "../../cli/init/accounts.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";
import { scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
import { initWorld } from "./support/init-world.ts";

describe("the accounts that delivery init lists", () => {
  const { run, refusal } = initWorld();
  const acme = { value: "tea-acme", name: "Acme" };
  const other = { value: "tea-other", name: "Other\u001b[31m" };
  const lists = (accounts: readonly Account[]) => (key: string) =>
    key === "site.ownerId" ? Promise.resolve({ accounts }) : undefined;
  const given = { "github:owner": "acme" };

  it("answer by themselves when there is one", async () => {
    const { config } = await run({ given, listAccounts: lists([acme]) });
    assert.equal((config["delivery:site"] as { ownerId: string }).ownerId, "tea-acme");
  });

  it("are named when there are more and nobody can be asked", async () => {
    const message = await refusal({ given, listAccounts: lists([acme, other]) });
    assert.match(message, /Acme: --set site\.ownerId=tea-acme\n +Other.*: --set site\.ownerId=tea-other\n/);
    assert.ok(!message.includes("\u001b"), message);
  });

  it("go before what would be guessed", async () => {
    const listAccounts = (key: string) =>
      key === "errors.organization" ? Promise.resolve({ accounts: [{ value: "acme-web", name: "Acme" }] }) : undefined;
    const { config } = await run({ listAccounts });
    assert.deepEqual(config["delivery:errors"], { organization: "acme-web" });
  });

  describe("at the services", () => {
    let services: RunningServices;
    before(async () => {
      services = await startServices({ dbFile: ":memory:", runner: scriptedRunner() });
    });
    after(() => services.close());
    const { signal } = new AbortController();
    const listed = (key: string, env: NodeJS.ProcessEnv) => accountLists(env, signal)(key);

    it("are Render's workspaces and Sentry's organizations", async () => {
      assert.deepEqual((await listed("errors.organization", services.env))?.accounts, [
        { value: "acme", name: "acme" },
      ]);
      const [workspace, ...others] = (await listed("site.ownerId", services.env))?.accounts ?? [];
      assert.match(workspace?.value ?? "", /^tea-/);
      assert.deepEqual(others, []);
    });

    it("are none for another question", () => assert.equal(listed("site.plan", services.env), undefined));

    for (const [key, token] of [
      ["site.ownerId", "RENDER_API_KEY"],
      ["errors.organization", "SENTRY_AUTH_TOKEN"],
    ] as const) {
      it(`need ${token}, and say so`, async () => {
        const { [token]: _, ...env } = services.env;
        assert.equal((await listed(key, env))?.note, `with ${token} in the environment they are listed here`);
        assert.match(
          await refusal({ given: {}, listAccounts: accountLists({}, signal) }),
          /site\.ownerId: .*; with RENDER_API_KEY in the environment they are listed here\n/,
        );
      });

      it(`are not needed when the service refuses ${token}`, async () => {
        const refused = await listed(key, { ...services.env, [token]: "wrong" });
        assert.deepEqual(refused?.accounts, []);
        assert.match(refused?.note ?? "", /^the \w+ could not be listed: .*401/);
      });
    }
  });
});
