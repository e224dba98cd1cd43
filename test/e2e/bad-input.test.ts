/** What a user sees who gets something wrong: the thing, the reason, the next step; and nothing is lost. */
import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunResult } from "../../cli/child-process.ts";
import { type Chain, openChain } from "./support/chain.ts";

const UP = ["up", "--yes", "--skip-preview"];

describe("bad input, end to end", function () {
  this.timeout(900_000);
  let chain: Chain;

  before(async () => {
    chain = await openChain();
  });
  afterEach(() => chain.resetConfiguration());
  after(async () => {
    await chain?.close();
  });

  /** Asserts that it failed in plain words: each expected text is there, and no stack trace. */
  const failsSaying = ({ code, stdout, stderr }: RunResult, ...expected: RegExp[]): void => {
    const text = stdout + stderr;
    assert.notEqual(code, 0, text);
    for (const pattern of expected) assert.match(text, pattern);
    assert.doesNotMatch(text, /\n\s+at [^\n]*:\d+:\d+/, `a stack trace is shown:\n${text}`);
  };
  /** How many objects of each kind each service holds. */
  const services = async (): Promise<Record<string, Record<string, number>>> => {
    const answer = await fetch(`${chain.world.description.console}/_sandbox/state`);
    return (await answer.json()) as Record<string, Record<string, number>>;
  };
  /** An image that has to be built. */
  const changeSite = (): Promise<void> =>
    appendFile(join(chain.projectDir, "sandbox", "app", "manage.py"), "# changed\n");
  const resourcesInState = async (): Promise<string[]> => {
    const { deployment } = JSON.parse(await chain.succeed("stack", "export")) as {
      deployment: { resources?: { type: string }[]; pending_operations?: unknown[] };
    };
    assert.deepEqual(deployment.pending_operations ?? [], []);
    return (deployment.resources ?? []).map(({ type }) => type);
  };

  it("reports every problem of the configuration at once, before the first call", async () => {
    const before = await chain.traffic();
    const wrong = [
      ["delivery:site.region", "atlantis"],
      ["delivery:image.repository", "Not A Repository"],
      ["delivery:repository.visiblity", "private"],
    ] as const;
    for (const [key, value] of wrong) await chain.succeed("config", "set", "--path", key, value);
    const file = chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
    const unquoted = 'labels: { MODE: 0755, DAY: 2024-01-31, ON: yes, BIG: 1098765432109876543, KEPT: "0755" }';
    await writeFile(file, (await readFile(file, "utf8")).replace(/(delivery:image:\n)( +)/, `$1$2${unquoted}\n$2`));
    failsSaying(
      await chain.pulumi("preview"),
      /delivery:site\.region is not one of/,
      /delivery:image\.repository/,
      /delivery:repository\.visiblity .*visibility/s,
      /npm run pulumi -- config set .*'delivery:site\.region' /,
      /has 6 problems/,
      /delivery:image\.labels\.MODE stands without quotes, .*\n +write it in quotes/,
      /delivery:image\.labels\.DAY stands without quotes/,
      /delivery:image\.labels\.BIG is read as a number/,
    );
    assert.equal((await chain.traffic()).length, before.length);
  });

  it("names the missing token's environment variable", async () => {
    failsSaying(await chain.pulumiWith({ RENDER_API_KEY: "" }, "preview"), /RENDER_API_KEY/);
  });

  it("keeps what was created when one service refuses its token, and goes on from there", async () => {
    failsSaying(await chain.pulumiWith({ CIRCLE_TOKEN: "wrong" }, ...UP), /CircleCI .* 401/, /CIRCLE_TOKEN/);
    const inState = await resourcesInState();
    const created = await services();
    const kept = (type: string): number => inState.filter((resource) => resource === type).length;
    assert.equal(kept("github:index/repository:Repository"), created["github"]?.["repositories"]);
    assert.equal(kept("sentry:index/sentryTeam:SentryTeam"), created["sentry"]?.["teams"]);
    assert.equal(kept("sentry:index/sentryProject:SentryProject"), created["sentry"]?.["projects"]);
    assert.equal(kept("render:index:RegistryCredential"), created["render"]?.["registryCredentials"]);
    assert.equal(kept("circleci:index:Context"), 0);
  });

  it("says so when the registry refuses the login", async () => {
    await changeSite();
    await chain.succeed("config", "set", "--path", "delivery:image.password", "wrong", "--plaintext");
    failsSaying(await chain.pulumi(...UP), /docker-build:index:Image/, /401|denied|unauthorized/i);
  });

  it("says so when no Docker engine answers", async () => {
    await changeSite();
    const nowhere = { DOCKER_CONTEXT: "nowhere", SANDBOX_BUILDER: "" };
    failsSaying(await chain.pulumiWith(nowhere, ...UP), /docker-build:index:Image/, /Docker|builder/i);
  });

  it("finishes what was begun once all is right, doubling nothing", async () => {
    await chain.succeed(...UP);
    await chain.succeed("preview", "--expect-no-changes");
    const { github, circleci, render } = await services();
    assert.equal(github?.["repositories"], 1);
    assert.equal(circleci?.["projects"], 1);
    assert.equal(render?.["services"], 1);
    await chain.succeed("destroy", "--yes", "--skip-preview", "--run-program");
  });
});
