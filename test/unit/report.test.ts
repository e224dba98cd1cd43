import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Report, type ReportAbout, reportOf } from "../../cli/report/index.ts";
import type { ResourceChange } from "../../cli/report/report.ts";
import { eventsOf, previewOf, recordedEvents, SECRET, UNKNOWN, urnOf } from "./support/engine-events.ts";

const preview: ReportAbout = { operation: "preview", stack: "organization/delivery/prod" };

const changesOf = ({ changes }: Report): ResourceChange[] => changes.flatMap((service) => service.changes);
const pathsOf = (report: Report): string[] =>
  changesOf(report).flatMap(({ properties }) => properties.map(({ path }) => path));

describe("a report of a recorded preview", () => {
  it("says in one sentence that an image is deployed, once, though two resources change", () => {
    const report = reportOf(recordedEvents("deploy-preview"), preview);
    assert.equal(report.headline, "1 change: deploys image a426d6dc on prod; nothing is replaced or deleted.");
    assert.equal(report.outcome, "changes");
    const [image, site] = changesOf(report);
    assert.equal(image?.partOf, site?.urn);
    assert.deepEqual(pathsOf(report), ["tags", "image"]);
    assert.deepEqual(report.dangers, []);
  });

  it("says what will be live, and that the digest is known only after the build", () => {
    const { live } = reportOf(recordedEvents("deploy-preview"), preview);
    assert.equal(live?.url?.value?.startsWith("http://127.0.0.1:"), true);
    assert.deepEqual(live?.tag, { value: "content-a426d6dc2237dccd", before: "content-4de5f0ec820e8dc2" });
    assert.equal(live?.digest?.value, undefined);
    assert.match(live?.digest?.before ?? "", /^sha256:/);
  });

  it("names what matters most first and counts the rest", () => {
    const report = reportOf(recordedEvents("update-preview"), preview);
    assert.equal(
      report.headline,
      "5 changes: deploys image a426d6dc on prod, makes the repository acme/site public, tightens reviews, and 7 more; nothing is replaced or deleted.",
    );
    assert.deepEqual(
      report.changes.map(({ service, changes, unchanged }) => [service, changes.length, unchanged]),
      [
        ["GitHub", 3, 1],
        ["CircleCI", 0, 5],
        ["Image", 1, 0],
        ["Render", 2, 2],
        ["Sentry", 0, 3],
      ],
    );
    assert.deepEqual(report.hidden, {
      ...{ unchanged: 11, bookkeeping: 7, secrets: 1, order: 0, consequences: 3, internal: 0, defaults: 0 },
    });
  });

  it("says of a rotated secret that it changes, and nothing of the secrets that stay", () => {
    const report = reportOf(recordedEvents("rotate-preview"), preview);
    assert.match(report.headline, /^2 changes: rotates .*, rotates the secret variable API_KEY; nothing/);
    for (const { properties } of changesOf(report))
      for (const { before, after } of properties)
        assert.deepEqual([before, after], [{ state: "secret" }, { state: "secret" }]);
  });

  it("warns of each replaced thing that holds data, with the cause", () => {
    const report = reportOf(recordedEvents("replace-preview"), preview);
    assert.equal(report.outcome, "replaces or deletes");
    assert.match(
      report.headline,
      /^10 changes: replaces the CircleCI project gh\/acme\/site, replaces the web service site-sandbox, .*; 6 are replaced\.$/,
    );
    assert.deepEqual(
      report.dangers.map(({ label, operation, saved, causes }) => [label, operation, saved, causes]),
      [
        ["gh/acme/site", "replace", "nothing", ["slug"]],
        ["site-sandbox", "replace", "nothing", ["region"]],
      ],
    );
    assert.equal(report.counts.replace, 6);
  });

  it("says of a protected thing that the engine refuses", () => {
    const report = reportOf(recordedEvents("protected-replace-preview"), preview);
    assert.equal(report.outcome, "failed");
    assert.equal(
      report.headline,
      "The preview failed: unable to replace web service site-sandbox as it is currently marked for protection.",
    );
    assert.deepEqual(
      report.dangers.map(({ saved }) => saved),
      ["protect"],
    );
    assert.equal(report.diagnostics.length, 1, "the engine's own `preview failed` says nothing more");
  });

  it("says of a first creation that it is the whole chain", () => {
    const report = reportOf(recordedEvents("create-preview"), preview);
    assert.equal(
      report.headline,
      "16 changes: creates the whole chain at GitHub, CircleCI, Render and Sentry; nothing is replaced or deleted.",
    );
    assert.equal(report.live?.url?.value, undefined);
    assert.equal(report.hidden.internal, 14);
  });

  it("says so when nothing changes", () => {
    const report = reportOf(recordedEvents("same-preview"), preview);
    assert.equal(report.headline, "No changes: 17 resources are as declared.");
    assert.equal(report.outcome, "no changes");
    assert.deepEqual(changesOf(report), []);
  });
});

describe("a report of other runs", () => {
  it("tells of a failed update what was done and what was not", () => {
    const report = reportOf(recordedEvents("failed-up"), { ...preview, operation: "up", failure: "update failed" });
    assert.match(report.headline, /^The update failed after 5 of 6 changes: web service site-sandbox: deploy dep-/);
    const site = changesOf(report).find(({ kind }) => kind === "web service");
    assert.equal(site?.progression, "failed");
    assert.equal(site?.meanings[0], "deploys image a426d6dc on prod");
    const rules = changesOf(report).find(({ kind }) => kind === "ruleset");
    assert.deepEqual([rules?.progression, rules?.meanings], ["done", ["tightened reviews: 2 approvals instead of 1"]]);
    assert.deepEqual(
      report.diagnostics.map(({ resource }) => resource),
      ["web service site-sandbox"],
    );
    assert.equal(report.durationSeconds, 3);
  });

  it("tells of a killed update that nobody knows how a change ended", () => {
    const step = {
      op: "create",
      type: "render:index:WebService",
      urn: urnOf("render:index:WebService", "site"),
      old: null,
    };
    const events = eventsOf([
      { resourcePreEvent: { metadata: { ...step, new: { custom: true, inputs: { name: "x" } } } } },
    ]);
    const [change] = changesOf(reportOf(events, { ...preview, operation: "up", failure: "killed" }));
    assert.equal(change?.progression, "begun");
  });

  it("tells of drift what was done outside", () => {
    const report = reportOf(recordedEvents("drift"), { ...preview, operation: "drift" });
    assert.match(
      report.headline,
      /^5 changes outside the stack: deleted the Sentry project site, deleted .*; 2 are gone\.$/,
    );
    assert.deepEqual(
      report.dangers.map(({ operation }) => operation),
      ["deleted outside", "deleted outside"],
    );
    const site = changesOf(report).find(({ kind }) => kind === "web service");
    assert.equal(site?.meanings.includes("added the variable HAND, which no program declares"), true);
    assert.equal(site?.meanings[0], "raised the site's plan from starter to standard");
  });

  it("puts the reason of a run without events into the report", () => {
    const report = reportOf([], { ...preview, failure: "no stack named 'prod' found" });
    assert.equal(report.headline, "The preview failed: no stack named 'prod' found");
    assert.deepEqual([report.outcome, report.live, report.changes], ["failed", undefined, []]);
  });

  it("tells mandatory policies from advice, and lets exceptions pass", () => {
    const finding = {
      policyPackName: "delivery",
      message: "must",
      resourceUrn: urnOf("render:index:WebService", "site"),
    };
    const report = reportOf(
      eventsOf([
        { policyEvent: { ...finding, policyName: "plan", enforcementLevel: "advisory" } },
        { policyEvent: { ...finding, policyName: "tag", enforcementLevel: "mandatory" } },
        { policyEvent: { ...finding, policyName: "tag", enforcementLevel: "mandatory" } },
        {
          policyEvent: {
            ...finding,
            policyName: "old",
            enforcementLevel: "mandatory",
            exceptions: [{ id: "1", reason: "moving" }],
          },
        },
      ]),
      { ...preview, failure: "policy" },
    );
    assert.equal(report.headline, "The preview failed: a mandatory policy is broken: tag.");
    assert.deepEqual(
      report.policy.map(({ level, policy, exception }) => [level, policy, exception]),
      [
        ["mandatory", "tag", undefined],
        ["advisory", "plan", undefined],
        ["advisory", "old", "moving"],
      ],
    );
    assert.equal(report.policy[0]?.resource, "web service site");
  });
});

describe("what a report leaves out", () => {
  const repository = "github:index/repository:Repository";

  it("a list in another order, where order means nothing", () => {
    const report = reportOf(
      previewOf({
        ...{ op: "update", type: repository, differs: { "topics[0]": "update", "topics[1]": "update" } },
        ...{ old: { inputs: { topics: ["a", "b"] } }, new: { inputs: { topics: ["b", "a"] } } },
      }),
      preview,
    );
    assert.deepEqual([report.outcome, report.hidden.order], ["no changes", 1]);
  });

  it("but not a member that comes, nor an order that means something", () => {
    const report = reportOf(
      previewOf(
        {
          ...{ op: "update", type: repository, differs: { "topics[0]": "add" } },
          ...{ old: { inputs: { topics: ["b"] } }, new: { inputs: { topics: ["a", "b"] } } },
        },
        {
          ...{ op: "update", type: "other:index:Steps", differs: { "steps[0]": "update", "steps[1]": "update" } },
          ...{ old: { inputs: { steps: ["a", "b"] } }, new: { inputs: { steps: ["b", "a"] } } },
        },
      ),
      preview,
    );
    assert.deepEqual(pathsOf(report), ["topics", "steps[0]", "steps[1]"]);
    assert.deepEqual(changesOf(report)[0]?.meanings, ["adds topics: a"]);
  });

  it("what providers keep for themselves, also alone", () => {
    const report = reportOf(
      previewOf({
        ...{ op: "update", type: repository, differs: { etag: "update", "__defaults[0]": "add" } },
        ...{ old: { inputs: { etag: "1" } }, new: { inputs: { etag: "2", __defaults: ["x"] } } },
      }),
      preview,
    );
    assert.deepEqual([report.outcome, report.hidden.bookkeeping, report.hidden.unchanged], ["no changes", 2, 1]);
  });

  it("an output that is unknown only because something else changes", () => {
    const report = reportOf(
      previewOf({
        ...{ op: "update", type: repository, differs: { description: "update" } },
        old: { inputs: { description: "a" }, outputs: { htmlUrl: "http://x", description: "a" } },
        new: { inputs: { description: "b" }, outputs: { htmlUrl: UNKNOWN, description: "b" } },
      }),
      preview,
    );
    assert.deepEqual([pathsOf(report), report.hidden.consequences], [["description"], 1]);
  });

  it("the value of every secret, marked or known by its name", () => {
    const report = reportOf(
      previewOf({
        ...{ op: "update", type: "render:index:WebService" },
        differs: {
          "environmentVariables.TOKEN": "update",
          "environmentVariables.URL": "add",
          "secretFiles.key": "add",
        },
        old: { inputs: { environmentVariables: { TOKEN: "hunter2" } } },
        new: {
          inputs: {
            environmentVariables: { TOKEN: "hunter3", URL: "postgres://user:hunter4@db/site" },
            secretFiles: { key: SECRET },
          },
        },
      }),
      preview,
    );
    assert.doesNotMatch(JSON.stringify(report), /hunter/);
    assert.deepEqual(changesOf(report)[0]?.meanings, [
      "rotates the secret variable TOKEN",
      "adds the variable URL",
      "rotates the secret file key",
    ]);
  });

  it("but not a protection that is taken away, which the engine calls the same", () => {
    const state = { inputs: { name: "site" } };
    const report = reportOf(
      previewOf({ op: "same", type: repository, old: { ...state, protect: true }, new: { ...state, protect: false } }),
      preview,
    );
    assert.equal(report.headline, "1 change: unprotects the repository site; nothing is replaced or deleted.");
    assert.equal(changesOf(report)[0]?.importance, "high");
  });
});
