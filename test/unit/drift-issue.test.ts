import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { publishDrift } from "../../cli/drift/index.ts";
import type { LeftAlone, Report } from "../../cli/report/index.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { colleagueToken } from "../../sandbox/services/github/identity.ts";
import { plainReport } from "./support/plain-report.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

const ISSUES = "/api/v3/repos/acme/delivery/issues";

const broken: LeftAlone = {
  ...{ urn: "urn", service: "Sentry", kind: "Sentry key", label: "prod", path: "isActive" },
  before: { state: "known", value: true },
  after: { state: "known", value: false },
  reason: "Enable it.",
  isDrift: true,
};
const details = { leftAlone: [], notes: [], unread: [], pending: [] };
const drifted = (headline: string): Report =>
  plainReport({ operation: "drift", headline, drift: { ...details, leftAlone: [broken] } });
const clean = plainReport({ operation: "drift", outcome: "no changes", headline: "No drift.", drift: details });
const incomplete = plainReport({
  ...{ operation: "drift", outcome: "failed", headline: "No drift in what was compared." },
  drift: { ...details, unread: [{ service: "Render", problem: "It does not answer." }] },
});

describe("the issue about drift", () => {
  let services: RecoverySearch;
  before(async () => {
    services = await RecoverySearch.start();
    await services.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "delivery", auto_init: true });
  });
  after(() => services?.close());

  const publish = (report: Report, env: Readonly<Record<string, string>> = services.env): Promise<string> =>
    publishDrift(report, {
      repository: "acme/delivery",
      jobUrl: "https://ci.example/job/1",
      context: { env, signal: new AbortController().signal },
    });
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it
  const issues = (query = "state=all"): Promise<any[]> => services.make("github", "GET", `${ISSUES}?${query}`);

  it("is not opened without drift, nor for a comparison that is not complete and found none", async () => {
    assert.match(await publish(clean), /no issue about drift, and no reason for one/);
    await publish(incomplete);
    assert.deepEqual(await issues(), []);
  });

  it("is opened with the first drift, and edited while it lasts", async () => {
    assert.match(await publish(drifted("One edit.")), /open now: http/);
    assert.match(await publish(drifted("Two edits.")), /up to date: http/);
    const [issue, ...others] = await issues();
    assert.deepEqual(others, []);
    assert.equal(issue.title, "Drift in prod");
    assert.deepEqual(
      issue.labels.map((label: { name: string }) => label.name),
      ["drift"],
    );
    assert.match(issue.body, /Two edits\./);
    assert.match(issue.body, /https:\/\/ci\.example\/job\/1/);
  });

  it("is each stack's own", async () => {
    await publish({ ...drifted("Staging, too."), stack: "staging" });
    assert.equal((await issues()).length, 2);
    await publish({ ...clean, stack: "staging" });
    assert.deepEqual(
      (await issues("state=open")).map(({ title }) => title),
      ["Drift in prod"],
    );
  });

  it("stays open when not all was compared", async () => {
    assert.match(await publish(incomplete), /stays as it is, for not all was compared/);
    assert.equal((await issues("state=open")).length, 1);
  });

  it("is closed with a comment when there is none, and another is opened for the next", async () => {
    const [{ number }] = await issues("state=open");
    assert.match(await publish(clean), /is closed: http/);
    const comments = await services.make("github", "GET", `${ISSUES}/${number}/comments`);
    assert.match(comments[0].body, /found no drift: https:\/\/ci\.example\/job\/1/);
    await publish(drifted("Again."));
    const [open] = await issues("state=open");
    assert.notEqual(open.number, number);
  });

  it("is not taken for one that somebody wrote like it, without the label", async () => {
    await publish(clean);
    const fake = { title: "x", body: "<!-- delivery:drift stack=prod -->\nfake" };
    await services.make("github", "POST", ISSUES, fake, colleagueToken(defaultAccount));
    assert.match(await publish(drifted("Real.")), /open now/);
  });

  it("is found again where GitHub has dropped the label, because the token may not set it", async () => {
    const limited = await RecoverySearch.start({ limits: { githubPermissions: ["administration"] } });
    try {
      await limited.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "delivery", auto_init: true });
      const env = limited.env;
      assert.match(await publish(drifted("One edit."), env), /open now.*left its label "drift" out: .*GITHUB_TOKEN/);
      assert.match(await publish(drifted("Two edits."), env), /up to date/);
      assert.equal((await limited.make("github", "GET", `${ISSUES}?state=all`)).length, 1);
    } finally {
      await limited.close();
    }
  });

  it("is found again without its label where the token is an App's, which has no user", async () => {
    const body = "<!-- delivery:drift stack=prod -->\nOne edit.";
    const issue = (number: number, type: string) => ({
      number,
      body,
      labels: [],
      user: { type },
      html_url: `#${number}`,
    });
    const writes: string[] = [];
    const github = createServer(({ method = "", url = "" }, response) => {
      const send = (status: number, answer: unknown): void => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      };
      if (method !== "GET") writes.push(`${method} ${url.replace(/.*\/repos/, "")}`);
      if (method !== "GET") return send(200, issue(8, "Bot"));
      if (url.endsWith("/user")) return send(403, { message: "Resource not accessible by integration" });
      return send(200, url.includes("labels=") ? [] : [issue(7, "User"), issue(8, "Bot")]);
    });
    await new Promise<void>((ready) => github.listen(0, "127.0.0.1", ready));
    try {
      const { port } = github.address() as AddressInfo;
      const env = { GITHUB_TOKEN: "ghs_app", GITHUB_BASE_URL: `http://127.0.0.1:${port}` };
      assert.match(await publish(drifted("Two edits."), env), /up to date: #8/);
      assert.deepEqual(writes, ["PATCH /acme/delivery/issues/8"]);
    } finally {
      github.closeAllConnections();
      await new Promise((closed) => github.close(closed));
    }
  });

  it("fails in words when GitHub refuses", async () => {
    const env = { ...services.env, GITHUB_TOKEN: "wrong" };
    await assert.rejects(publish(drifted("One edit."), env), /could not be published: .*401[\s\S]*permissions/);
  });
});
