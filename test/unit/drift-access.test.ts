import assert from "node:assert/strict";
import { judge } from "../../cli/drift/judge.ts";
import type { Reading } from "../../cli/drift/readings.ts";
import { type Trusted, trusted } from "../../cli/drift/trust.ts";
import type { ResourceState } from "../../cli/engine-events/index.ts";
import { doubts } from "../../cli/recover/doubts.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

const signal = new AbortController().signal;

/** A resource of which the state holds these outputs, and of which the service says that it is gone, or there. */
function reading(type: string, outputs: Record<string, unknown>, isGone = true): Reading {
  const remembered: ResourceState = {
    ...{ id: "1", parent: "", custom: true, protect: false, retainOnDelete: false },
    inputs: {},
    outputs,
  };
  const urn = `urn:pulumi:prod::delivery::${type}::thing`;
  return { urn, type, remembered, found: isGone ? undefined : remembered, differing: {}, steps: [] };
}

const REPOSITORY = "github:index/repository:Repository";
const repository = { fullName: "acme/site", visibility: "private" };

describe("whether a deletion is believed", () => {
  let services: RecoverySearch;
  before(async () => {
    services = await RecoverySearch.start();
  });
  after(() => services?.close());

  const ask = (readings: readonly Reading[], env: NodeJS.ProcessEnv = services.env): Promise<Trusted> =>
    trusted(
      readings.map((one) => judge(one, false)),
      { env, signal },
    );

  it("is not, when the token sees no private repository of the owner: access may be lost", async () => {
    const { judgements, unread } = await ask([reading(REPOSITORY, repository)]);
    assert.deepEqual(judgements, []);
    assert.equal(unread[0]?.service, "GitHub");
    assert.match(
      unread[0]?.problem ?? "",
      /\(404\).*sees no private repository of acme at all\. Run npx --no delivery doctor: it tests GITHUB_TOKEN/,
    );
  });

  it("is left to a person then, who is told the command", async () => {
    const judged = [reading(REPOSITORY, repository)].map((one) => judge(one, false));
    const { judgements } = await trusted(judged, { env: services.env, signal });
    assert.match(
      doubts(judged, judgements).join(),
      /If you know .* gone, .*: npx --no delivery pulumi state delete 'urn:\S+thing'/,
    );
    assert.deepEqual(doubts(judged, judged), []);
  });

  it("is, with a remark, when the token sees another one; and without, when it was public", async () => {
    await services.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "other", private: true });
    const { judgements, notes, unread } = await ask([reading(REPOSITORY, repository)]);
    assert.equal(judgements[0]?.outside, "deleted");
    assert.deepEqual(unread, []);
    assert.match(notes.join(), /sees other private repositories of acme/);
    const open = await ask([reading(REPOSITORY, { ...repository, visibility: "public" })]);
    assert.deepEqual([open.judgements.length, open.notes, open.unread], [1, [], []]);
  });

  it("is not, when GitHub lists the repository that it denies", async () => {
    await services.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "site", private: true });
    const { unread } = await ask([reading(REPOSITORY, repository)]);
    assert.match(unread[0]?.problem ?? "", /lists acme\/site/);
  });

  it("depends on the account at the other services: whether the token sees it", async () => {
    const own = [
      reading("circleci:index:Project", { organizationSlug: "gh/acme", organization: "gh/acme" }),
      reading("sentry:index/sentryProject:SentryProject", { organization: "acme" }),
      reading("render:index:WebService", { ownerId: "tea-qq7f2uo48u621ffmqj55" }),
    ];
    const seen = await ask(own);
    assert.deepEqual([seen.judgements.length, seen.notes, seen.unread], [3, [], []]);
    const foreign = [
      reading("circleci:index:Project", { organization: "gh/other" }),
      reading("sentry:index/sentryProject:SentryProject", { organization: "other" }),
      reading("render:index:WebService", { ownerId: "tea-00000000000000000000" }),
    ];
    const { judgements, unread } = await ask(foreign);
    assert.deepEqual(judgements, []);
    assert.deepEqual(
      unread.map(({ problem }) => / The token (does not see the \w+ [\w/-]+)/.exec(problem)?.[1]),
      [
        "does not see the organization gh/other",
        "does not see the organization other",
        "does not see the workspace tea-00000000000000000000",
      ],
    );
  });

  it("is, when something else is there still", async () => {
    const env = { ...services.env, RENDER_BASE_URL: "http://127.0.0.1:1" };
    const owner = { ownerId: "tea-00000000000000000000" };
    const readings = [reading("render:index:WebService", owner), reading("render:index:Project", owner, false)];
    assert.deepEqual((await ask(readings, env)).unread, []);
  });

  it("is not, when the account cannot be asked", async () => {
    const env = { ...services.env, RENDER_BASE_URL: "http://127.0.0.1:1" };
    const { unread } = await ask([reading("render:index:WebService", { ownerId: "tea-1" })], env);
    assert.match(unread[0]?.problem ?? "", /could not be asked: Render at http:\/\/127\.0\.0\.1:1 gives no answer/);
    const without = await ask([reading("render:index:WebService", { ownerId: "tea-1" })], {});
    assert.match(without.unread[0]?.problem ?? "", /RENDER_API_KEY is not in the environment/);
  });
});
