/** What a report leaves on a pull request. */
import assert from "node:assert/strict";
import { markerLine } from "../../cli/publish/marker.ts";
import { type Publication, publishReport } from "../../cli/publish/publish.ts";
import type { Report } from "../../cli/report/index.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";
import { openPullRequest, type PullRequest } from "../e2e/support/pull-request.ts";
import { sandboxConsole } from "../e2e/support/sandbox-console.ts";
import { plainReport } from "./support/plain-report.ts";

describe("publishing a report", () => {
  let services: RunningServices;
  let world: PullRequest;
  beforeEach(async () => {
    services = await startServices({ dbFile: ":memory:" });
    world = await openPullRequest(services);
  });
  afterEach(() => services.close());

  const { signal } = new AbortController();
  const publish = (changes: Partial<Report> = {}, env: Record<string, string> = {}): Promise<Publication> =>
    publishReport(plainReport(changes), { context: { env: { ...world.job, ...env }, signal } });
  const published = { notes: [], problems: [] };
  const commit = (): string => world.job["CIRCLE_SHA1"] ?? "";

  it("writes one comment, edits it the next time, and touches nobody else's", async () => {
    const marker = markerLine("prod", "changes");
    await world.call("POST", "issues/1/comments", { body: `${marker}\nquoted by hand` }, "colleague");
    await world.call("POST", "issues/1/comments", { body: `Look at this:\n${marker}` });
    assert.deepEqual(await publish({ headline: "the first" }), published);
    const [quoted, own, written, ...others] = await world.comments();
    assert.deepEqual(others, []);
    assert.match(written?.body ?? "", /^<!-- delivery:report stack=prod [^\n]*-->\n(.|\n)*the first(.|\n)*For commit /);
    assert.deepEqual(await publish({ headline: "the second" }), published);
    const after = await world.comments();
    assert.deepEqual([after[0], after[1]], [quoted, own]);
    assert.deepEqual([after.length, after[2]?.id], [3, written?.id]);
    assert.match(after[2]?.body ?? "", /the second/);
  });

  it("finds its comment behind more comments than a page holds", async () => {
    for (let count = 0; count < 101; count += 1) await world.call("POST", "issues/1/comments", { body: `${count}` });
    await publish();
    await publish();
    assert.equal((await world.call("GET", "issues/1")).comments, 102);
  });

  it("leaves one comment when two jobs publish at the same time", async () => {
    await Promise.all([publish({ headline: "one" }), publish({ headline: "other" }), publish({ headline: "third" })]);
    assert.equal((await world.comments()).length, 1);
  });

  it("has found out that a comment was written when its answer is lost", async () => {
    const path = "/api/v3/repos/acme/delivery/issues/1/comments";
    await sandboxConsole(services.console.baseUrl).fault({
      service: "github",
      method: "POST",
      path,
      when: "after",
      action: { cut: true },
    });
    assert.deepEqual(await publish(), published);
    assert.equal((await world.comments()).length, 1);
  });

  it("keeps a comment for each stack, and labels by the most serious of them", async () => {
    await world.call("POST", "issues/1/labels", { labels: ["docs", "no changes"] });
    await publish({ stack: "staging", outcome: "replaces or deletes" });
    assert.deepEqual(await world.labels(), ["docs", "replaces or deletes"]);
    await publish({ stack: "prod", outcome: "no changes" });
    assert.deepEqual(await world.labels(), ["docs", "replaces or deletes"]);
    await publish({ stack: "staging", outcome: "failed" });
    assert.deepEqual(await world.labels(), ["docs", "no changes"]);
    await publish({ stack: "prod", outcome: "failed" });
    assert.deepEqual(await world.labels(), ["docs"]);
    assert.equal((await world.comments()).length, 2);
    assert.equal((await world.call("GET", "labels/replaces%20or%20deletes")).color, "b60205");
  });

  it("writes nothing to a repository that is called otherwise now, and says once what it is called", async () => {
    await world.call("PATCH", "../delivery", { name: "deployment" });
    const written = await sandboxConsole(services.console.baseUrl).writes();
    const { problems } = await publish();
    const named = "Name it by --repository, or the variables of the CI job.";
    assert.deepEqual(problems, [`acme/delivery is called acme/deployment now: nothing was written there. ${named}`]);
    const refused = (await sandboxConsole(services.console.baseUrl).writes()).slice(written.length);
    assert.ok(
      refused.every((line) => line.includes("/repos/acme/delivery/")),
      refused.join("\n"),
    );
  });

  it("sets a status for each stack, with the report's sentence and the job", async () => {
    await publish();
    await publish({ stack: "staging", outcome: "failed", headline: "the preview failed" });
    const statuses = await world.statuses(commit());
    const { state, description, target_url } = statuses["delivery/prod"] ?? {};
    assert.deepEqual([state, target_url], ["success", world.job["CIRCLE_BUILD_URL"]]);
    assert.equal(description, plainReport().headline);
    assert.equal(statuses["delivery/staging"]?.state, "failure");
  });

  it("leaves the comment to a newer commit's job, and one on a closed pull request as it is", async () => {
    const newer = await world.push();
    const { notes } = await publish();
    assert.match(notes.join(), /^Pull request #1 has a newer commit than [0-9a-f]{7}: its comment is left to/);
    assert.deepEqual([await world.comments(), await world.labels()], [[], []]);
    assert.equal((await world.statuses(commit()))["delivery/prod"]?.state, "success");
    await world.call("PUT", "pulls/1/merge", {});
    assert.match((await publish({}, { CIRCLE_SHA1: newer })).notes.join(), /^Pull request #1 is closed/);
    assert.deepEqual(await world.comments(), []);
  });

  it("finds the pull request by the commit when CircleCI names none", async () => {
    assert.deepEqual(await publish({}, { CIRCLE_PULL_REQUEST: "" }), published);
    assert.equal((await world.comments()).length, 1);
    const { sha } = (await world.call("GET", "branches/main")).commit;
    const elsewhere = await publish({}, { CIRCLE_PULL_REQUEST: "", CIRCLE_SHA1: sha });
    assert.match(elsewhere.notes.join(), /no open pull request with this commit/);
  });

  it("tells what an update did in the comment of the merged pull request", async () => {
    await publish({ headline: "would do" });
    const { sha } = await world.call("PUT", "pulls/1/merge", {});
    const job = { CIRCLE_SHA1: sha, CIRCLE_PULL_REQUEST: "" };
    assert.deepEqual(await publish({ operation: "up", headline: "has done" }, job), published);
    const comments = await world.comments();
    assert.equal(comments.length, 1);
    assert.match(comments[0]?.body ?? "", /has done/);
    assert.equal((await world.statuses(sha))["delivery/prod"]?.description, "has done");
  });

  it("names the permission that the token lacks, and does the rest", async () => {
    const refusal = { status: 403, body: { message: "Resource not accessible by personal access token" } };
    const fault = { service: "github", method: "POST", action: refusal };
    await sandboxConsole(services.console.baseUrl).fault({
      ...fault,
      path: "/api/v3/repos/acme/delivery/issues/1/comments",
    });
    const { problems } = await publish();
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", /403: Resource not accessible.*GITHUB_TOKEN.*"Pull requests: read and write"/);
    assert.deepEqual(await world.labels(), ["changes"]);
    await sandboxConsole(services.console.baseUrl).fault({ ...fault, path: "/api/v3/repos/acme/delivery/statuses/*" });
    assert.match((await publish()).problems.join(), /"Commit statuses: read and write" on acme\/delivery/);
    assert.equal((await world.comments()).length, 1);
  });

  it("prefers a token of its own", async () => {
    const { problems } = await publish({}, { GITHUB_PUBLISH_TOKEN: "wrong" });
    assert.match(problems.join("\n"), /answered 401.*GITHUB_PUBLISH_TOKEN/);
  });

  it("publishes nothing from a fork, where there is no token, and does not fail", async () => {
    const fork = await publish({}, { CIRCLE_PR_USERNAME: "stranger", GITHUB_TOKEN: "" });
    assert.match(fork.notes.join(), /^Not published: a fork's/);
    const unnamed = await publish({}, { GITHUB_TOKEN: "" });
    assert.match(unnamed.notes.join(), /^Not published: GITHUB_TOKEN is not in the environment/);
    assert.deepEqual([fork.problems, unnamed.problems, await world.comments()], [[], [], []]);
    await assert.rejects(publish({ operation: "up" }, { GITHUB_TOKEN: "" }), /GITHUB_TOKEN is not in the environment/);
  });
});
