import assert from "node:assert/strict";
import { findDrift } from "../../cli/drift/index.ts";
import { noticesOf } from "../../cli/drift/known-outputs.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { WatchablePulumi } from "../../cli/pulumi.ts";
import type { Report, ResourceChange } from "../../cli/report/index.ts";
import { recordedEngine } from "./support/recorded-engine.ts";

const context = { env: {}, signal: new AbortController().signal };

const find = (pulumi: WatchablePulumi): Promise<Report> =>
  findDrift({ pulumi, progress: silentProgress, stack: "prod", context });

const changesOf = ({ changes }: Report): ResourceChange[] => changes.flatMap((service) => service.changes);
const changeOf = (report: Report, name: string): ResourceChange | undefined =>
  changesOf(report).find((change) => change.name === name);
const pathsOf = (change: ResourceChange | undefined): string[] => (change?.properties ?? []).map(({ path }) => path);
const valuesOf = (change: ResourceChange | undefined): unknown[] =>
  (change?.properties ?? []).map(({ path, before, after }) => [
    path,
    before.state === "known" ? before.value : before.state,
    after.state === "known" ? after.value : after.state,
  ]);

describe("drift in a recorded comparison", () => {
  describe("of a stack that was edited by hand", () => {
    let report: Report;
    before(async () => {
      report = await find(recordedEngine({ log: "edited" }));
    });

    it("shows of an edit what is declared and what the service has, whether the property is declared or not", () => {
      assert.deepEqual(valuesOf(changeOf(report, "repository")), [
        ["description", "A small Django site, delivered by the sandbox", "edited <b>by hand</b>"],
        ["hasWiki", false, true],
        ["homepageUrl", "", "https://example.com"],
      ]);
      assert.deepEqual(valuesOf(changeOf(report, "site")), [
        ["environmentVariables.SENTRY_ENVIRONMENT", "sandbox", "elsewhere"],
        ["healthCheckPath", "/healthz/", "/"],
        ["image", "localhost:5000/acme/site:content-4de5f0ec820e8dc2", "localhost:5000/acme/site:hotfix"],
        ["plan", "starter", "standard"],
      ]);
    });

    it("counts what a provider fills in and a service keeps for itself, and shows none of it", () => {
      assert.deepEqual(pathsOf(changeOf(report, "repository-ruleset")), [
        "rules.pullRequest.requiredApprovingReviewCount",
      ]);
      assert.equal(report.hidden.defaults, 3);
      // Two etags, a file's hash, a time, and the deploy with its image and digest.
      assert.equal(report.hidden.bookkeeping, 7);
    });

    it("sees that a masked value was written by its time", () => {
      const variable = changeOf(report, "context-SENTRY_DSN");
      assert.deepEqual(valuesOf(variable), [["value", "secret", "secret"]]);
      assert.deepEqual(variable?.meanings, [
        "rotated the context variable SENTRY_DSN (last written at 2026-11-25T01:40:42.407Z)",
      ]);
    });

    it("names what an update leaves: what is the team's, what nobody declares, and what has to be mended by hand", () => {
      const left = report.drift?.leftAlone ?? [];
      assert.deepEqual(
        left.map(({ kind, label, path, isDrift }) => [`${kind} ${label}`, path, isDrift]),
        [
          ["Sentry key sandbox", "isActive", true],
          ["Sentry key sandbox", "rateLimitCount", false],
          ["Sentry key sandbox", "rateLimitWindow", false],
          ["file Dockerfile", "content", false],
          ["web service site-sandbox", "undeclaredVariables", false],
        ],
      );
    });

    it("takes the image that was not compared for a remark", () => {
      assert.deepEqual(report.diagnostics, []);
      assert.match(report.drift?.notes.join() ?? "", /image in the registry was not compared/);
      assert.equal(changeOf(report, "image"), undefined);
    });

    it("says in one sentence what is wrong and what the next update does", () => {
      assert.equal(report.outcome, "changes");
      assert.match(report.headline, /^\d changes outside the stack: .*loosened reviews/);
      assert.match(report.headline, /Run npx --no delivery up --refresh to put back what was changed\./);
      assert.match(report.headline, /The Sentry key sandbox does not work as declared \(isActive: false\)\.$/);
    });
  });

  it("tells what was deleted, what is lost with it, and what only follows from it", async () => {
    const report = await find(recordedEngine({ log: "deleted" }));
    const deleted = changesOf(report).filter(({ operation }) => operation === "delete");
    assert.deepEqual(deleted.map(({ name }) => name).sort(), [
      "context-SENTRY_DSN",
      "errors-key",
      "repository-ruleset",
    ]);
    assert.deepEqual(
      report.dangers.map(({ label, operation }) => [label, operation]),
      [["sandbox", "deleted outside"]],
    );
    // The key's new DSN changes a variable of the site, which nobody touched.
    assert.deepEqual(valuesOf(changeOf(report, "site")), [
      ["environmentVariables.API_KEY", "secret", "secret"],
      ["environmentVariables.PORT", "8000", "absent"],
    ]);
    assert.deepEqual(report.drift?.pending, ["web service site-sandbox"]);
    assert.match(report.headline, /create what is gone/);
    const suspended = report.drift?.leftAlone.find(({ path }) => path === "suspended");
    assert.equal(suspended?.isDrift, true);
  });

  it("takes a cache that sleeps for drift, though Render tells it by its status alone", () => {
    const store = (status: string) => ({ inputs: {}, outputs: { status } }) as never;
    const notices = (status: string) => noticesOf("render:index:KeyValue", store("available"), store(status));
    assert.deepEqual(notices("available"), []);
    assert.partialDeepStrictEqual(notices("suspended"), [{ path: "status", isDrift: true }]);
  });

  it("takes somebody else's deploy that failed for drift, though no input differs", async () => {
    const report = await find(recordedEngine({ log: "failed-deploy" }));
    assert.equal(report.outcome, "changes");
    assert.deepEqual(changesOf(report), []);
    assert.deepEqual(report.drift?.pending, []);
    const [left] = report.drift?.leftAlone ?? [];
    assert.deepEqual(
      [left?.path, left?.after, left?.isDrift],
      ["deployStatus", { state: "known", value: "update_failed" }, true],
    );
  });

  it("does not take a newer program for drift, also where a secret is another", async () => {
    const report = await find(recordedEngine({ log: "newer-program" }));
    assert.equal(report.outcome, "no changes");
    assert.match(report.headline, /^No drift/);
    assert.deepEqual(report.drift?.pending, ["repository acme/site", "web service site-sandbox"]);
  });
});

describe("drift when a service cannot be read", () => {
  it("compares again without the service", async () => {
    const engine = recordedEngine({ log: "sentry-refuses", code: 255 }, { log: "edited" });
    const report = await find(engine);
    assert.deepEqual(engine.asked, [
      ["preview", "--refresh", "--run-program"],
      ["preview", "--refresh", "--run-program", "--exclude", "**sentry:index**"],
    ]);
    assert.equal(report.outcome, "failed");
    assert.deepEqual(report.drift?.unread, [
      {
        service: "Sentry",
        problem:
          "GET http://127.0.0.1:35455/api/0/teams/acme/web/: 401 Invalid token. Run npx --no delivery doctor: it tests SENTRY_AUTH_TOKEN.",
      },
    ]);
    assert.match(report.headline, /Sentry could not be compared\.$/);
    assert.ok(changeOf(report, "repository"));
  });

  it("compares state and services alone when a provider does not start, since the program needs it", async () => {
    const engine = recordedEngine({ log: "github-refuses", code: 255 }, { log: "no-program-edited" });
    const report = await find(engine);
    assert.deepEqual(engine.asked.at(-1), ["refresh", "--preview-only", "--exclude", "**github:index**"]);
    assert.match(
      report.drift?.unread[0]?.problem ?? "",
      /^GitHub answered GET \/orgs\/acme with 401: Bad credentials\. Run .*GITHUB_TOKEN/,
    );
    assert.match(report.drift?.notes.join() ?? "", /The program was not run/);
    assert.deepEqual(valuesOf(changeOf(report, "pipeline")), [["settings.forksReceiveSecretEnvVars", false, true]]);
    assert.deepEqual(valuesOf(changeOf(report, "context-SENTRY_DSN")), [["value", "secret", "secret"]]);
  });

  it("does without the program when it asks the service by itself", async () => {
    const engine = recordedEngine(
      { log: "sentry-refuses", code: 255 },
      { log: "sentry-refuses", code: 255 },
      { log: "no-program-edited" },
    );
    await find(engine);
    assert.deepEqual(engine.asked.at(-1), ["refresh", "--preview-only", "--exclude", "**sentry:index**"]);
  });

  it("sees deletions without the program, too", async () => {
    const engine = recordedEngine({ log: "github-refuses", code: 255 }, { log: "no-program" });
    const deleted = changesOf(await find(engine)).filter(({ operation }) => operation === "delete");
    assert.ok(deleted.some(({ name }) => name === "site"));
  });

  it("stops at an error that is no service's", async () => {
    const engine = recordedEngine({ log: "newer-program", code: 255, stderr: "error: the stack is locked\n" });
    await assert.rejects(find(engine), /cannot be compared with the services: the stack is locked/);
    assert.equal(engine.asked.length, 1);
  });
});
