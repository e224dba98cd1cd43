import assert from "node:assert/strict";
import { reportOf } from "../../cli/report/index.ts";
import { markdownReport } from "../../cli/report/markdown.ts";
import { terminalReport } from "../../cli/report/terminal.ts";
import { type MadeStep, previewOf } from "./support/engine-events.ts";

const DATABASE = "render:index:Postgres";
const preview = { operation: "preview", stack: "organization/delivery/prod" } as const;
const named = { inputs: { name: "site-prod" } };
const before: MadeStep = {
  op: "update",
  type: "render:index:WebService",
  old: { inputs: { image: "a:1" } },
  new: { inputs: { image: "a:2" } },
  differs: { image: "update" },
};

describe("a report of lost data", () => {
  const headline = (step: Partial<MadeStep>, operation: "preview" | "up" | "drift" = "preview"): string =>
    reportOf(previewOf(before, { op: "delete", type: DATABASE, old: named, ...step }), { ...preview, operation })
      .headline;

  it("begins with it, whatever else happens", () => {
    assert.match(headline({}), /^WOULD LOSE DATA: Render database site-prod\. 2 changes: /);
    assert.match(headline({ op: "replace", new: named, differs: { region: "update-replace" } }), /^WOULD LOSE DATA: /);
    assert.match(headline({}, "up"), /^DATA WAS DELETED: Render database site-prod\. /);
    assert.match(headline({}, "drift"), /^DATA IS GONE: Render database site-prod\. /);
  });

  it("says nothing of the kind where the database stays", () => {
    for (const kept of [{ protect: true }, { retainOnDelete: true }])
      assert.doesNotMatch(headline({ old: { ...named, ...kept } }), /DATA/);
    assert.doesNotMatch(
      headline({ op: "update", old: named, new: { inputs: { name: "site" } }, differs: { name: "update" } }),
      /DATA/,
    );
    assert.doesNotMatch(headline({ op: "create", old: undefined as never, new: named }), /DATA/);
  });

  it("says so in its first lines, and that an export comes first", () => {
    const report = reportOf(previewOf({ op: "delete", type: DATABASE, old: named }), preview);
    const [first = "", second = ""] = terminalReport(report, { colour: false, width: 200 }).split("\n");
    assert.match(`${first}\n${second}`, /^Preview of prod\nWOULD LOSE DATA: Render database site-prod\./);
    for (const text of [terminalReport(report, { colour: false, width: 400 }), markdownReport(report)])
      assert.match(
        text,
        /All its data goes with it, for good, and so do its backups\. Export it first: docs\/database\.md/,
      );
  });
});
