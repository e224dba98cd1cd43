/** docs/operations.md, "Secrets": what a rotation changes, and what it leaves alone. The steps build on each other. */
import assert from "node:assert/strict";
import { type Follow, followEntry } from "./support/documented-entry.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const UP = ["up", "--yes", "--skip-preview"];
const NEW_TOKENS = {
  github: "next-github-token",
  circleci: "next-circleci-token",
  sentry: "next-sentry-token",
  render: "next-render-key",
};

describe("operations: secrets", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  before(async () => {
    chain = await openScriptedChain();
    await useOwnStackFile(chain);
    await chain.succeed(...UP);
  });
  after(async () => {
    await chain?.close();
  });

  /** Follows an entry; gives the calls that changed something, without ids. */
  const follow = async (title: string, how?: Follow): Promise<string[]> => {
    const before = (await chain.console.writes()).length;
    await followEntry(chain, title, how);
    return (await chain.console.writes())
      .slice(before)
      .map((line) => line.replaceAll(/\b(rgc|srv)-\w+|[0-9a-f]{32}|[0-9a-f-]{36}/g, "*"));
  };
  const shownState = (): Promise<string> => chain.succeed("stack", "export", "--show-secrets");
  const objects = async (): Promise<string[]> =>
    (await chain.state()).resources.map(({ urn, id }) => `${urn} ${id}`).sort();

  it("Rotate a service's token", async () => {
    const before = await objects();
    await chain.rotateTokens(NEW_TOKENS);
    assert.notEqual((await chain.pulumi("refresh", "--yes", "--skip-preview")).code, 0, "the old ones are refused");
    const values = {
      "github token": NEW_TOKENS.github,
      "circleci token": NEW_TOKENS.circleci,
      "sentry token": NEW_TOKENS.sentry,
      "render key": NEW_TOKENS.render,
    };
    assert.deepEqual(await follow("Rotate a service's token", { values }), []);
    assert.deepEqual(await objects(), before);
    const shown = await shownState();
    for (const token of Object.values(NEW_TOKENS)) assert.ok(!shown.includes(token), `${token} is in the state`);
    Object.assign(chain.home.env, chain.services.env);
  });

  it("Rotate a token that CircleCI works with", async () => {
    const { outputs } = (await chain.state()).only("pulumi:pulumi:Stack");
    const { tag } = outputs["image"] as { tag: string };
    await chain.succeed("config", "set", "--path", "delivery:image.delivery", "continuous");
    await chain.succeed("config", "set", "--path", "delivery:image.tag", tag);
    await chain.succeed(...UP);
    const values = { "render key of the pipeline": "pipeline-key", "sentry token of the pipeline": NEW_TOKENS.sentry };
    assert.deepEqual(await follow("Rotate a token that CircleCI works with", { values }), [
      "circleci PUT /api/v2/context/*/environment-variable/RENDER_API_KEY",
    ]);
    chain.home.env["CI_RENDER_API_KEY"] = "pipeline-key";
  });

  it("Rotate the registry's password", async () => {
    assert.deepEqual((await follow("Rotate the registry's password", { input: "next-password" })).sort(), [
      "circleci PUT /api/v2/context/*/environment-variable/REGISTRY_PASSWORD",
      "render PATCH /v1/registrycredentials/*",
    ]);
    assert.doesNotMatch(await chain.succeed("stack", "export"), /next-password/);
  });

  it("Rotate the key of a DSN", async () => {
    const key = (await chain.state()).only("sentry:index/sentryKey:SentryKey");
    const writes = await follow("Rotate the key of a DSN", { values: { "urn of errors-key": key.urn } });
    assert.equal(writes[0], "sentry POST /api/0/projects/acme/site/keys/");
    assert.equal(writes.at(-1), "sentry DELETE /api/0/projects/acme/site/keys/*/");
    assert.deepEqual(writes.slice(1, -1).sort(), [
      "circleci PUT /api/v2/context/*/environment-variable/SENTRY_DSN",
      "render POST /v1/services/*/deploys",
      "render PUT /v1/services/*/env-vars/SENTRY_DSN",
    ]);
  });

  it("Rotate DJANGO_SECRET_KEY", async () => {
    const writes = await follow("Rotate DJANGO_SECRET_KEY", { input: "next-django-key" });
    assert.deepEqual(writes, [
      "render PUT /v1/services/*/env-vars/DJANGO_SECRET_KEY",
      "render POST /v1/services/*/deploys",
    ]);
    assert.doesNotMatch(await chain.succeed("stack", "export"), /next-django-key/);
  });

  it("Rotate the passphrase", async () => {
    const before = await chain.console.writes();
    const values = { "old passphrase": chain.home.env["PULUMI_CONFIG_PASSPHRASE"] ?? "" };
    await followEntry(chain, "Rotate the passphrase", { values, input: "next\nnext\n" });
    assert.notEqual((await chain.pulumi("stack", "export", "--show-secrets")).code, 0);
    chain.home.env["PULUMI_CONFIG_PASSPHRASE"] = "next";
    assert.ok((await shownState()).includes("next-django-key"), "the new passphrase opens the state");
    assert.deepEqual(await chain.console.writes(), before);
  });

  it("destroys with the tokens of today", async () => {
    await chain.succeed("destroy", "--yes", "--skip-preview", "--run-program");
    const left = Object.values(await chain.console.state()).flatMap((kinds) => Object.values(kinds));
    assert.deepEqual(
      left.filter((count) => count > 0),
      [],
    );
  });
});
