import assert from "node:assert/strict";
import { refuseTwoUpdates, withTwoUpdatesTold } from "../../cli/preview/two-updates.ts";
import type { Report, ResourceChange } from "../../cli/report/index.ts";
import { plainReport } from "./support/plain-report.ts";

const TEAM = "sentry:index/sentryTeam:SentryTeam";
const PROJECT = "sentry:index/sentryProject:SentryProject";

describe("what one update cannot make together", () => {
  const change = (type: string, path: string, operation: ResourceChange["operation"] = "update"): ResourceChange => ({
    ...{ urn: `urn:pulumi:prod::site::${type}::errors`, type, kind: "team", name: "errors", label: "web", operation },
    ...{ progression: "planned", meanings: [], importance: "medium" },
    properties: [{ path, before: { state: "absent" }, after: { state: "known", value: "new" }, replaces: false }],
  });
  const preview = (...changes: ResourceChange[]): Report =>
    plainReport({ changes: [{ service: "Sentry", changes, unchanged: 0 }] });

  it("is refused before anything is changed, and told in a preview: other slugs for a Sentry team and its project", () => {
    const both = preview(change(TEAM, "slug"), change(PROJECT, "slug"));
    assert.throws(() => refuseTwoUpdates(both), {
      name: "UserError",
      message:
        /cannot give a team and its project other slugs in one update(.|\n)*Nothing was changed\.\n.*errors\.project/,
    });
    const [warning, ...others] = withTwoUpdatesTold(both).diagnostics;
    assert.deepEqual([warning?.severity, others], ["warning", []]);
    assert.match(warning?.message ?? "", /run `up`, then set the new one/);
  });

  it("is nothing else", () => {
    for (const fine of [
      preview(),
      preview(change(TEAM, "slug"), change(PROJECT, "name")),
      preview(change(PROJECT, "slug")),
      preview(change(TEAM, "slug", "create"), change(PROJECT, "slug", "create")),
    ]) {
      refuseTwoUpdates(fine);
      assert.equal(withTwoUpdatesTold(fine), fine);
    }
  });
});
