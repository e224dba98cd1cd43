import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { htmlReport, jsonReport, type Report, reportOf, terminalReport } from "../../cli/report/index.ts";
import { recordedEvents } from "./support/engine-events.ts";
import { hostileReport, hostileText, manyChanges } from "./support/hostile-report.ts";

const preview = { operation: "preview", stack: "prod" } as const;
const update = (): Report => reportOf(recordedEvents("update-preview"), preview);

/** Every element that the page is made of, with the attributes that it has. */
const ELEMENT =
  /<(!doctype|\/?(html|head|body|main|meta|title|style|h1|h2|p|br|code|pre|div|strong|em|ol|ul|li|span|table|thead|tbody|tr|th|td|details|summary))( (lang|charset|name|content|http-equiv|class|role|title|scope|colspan|open|html)(="[^"<>]*")?)*>/g;

/** What a terminal would obey, and what hides or reorders text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2028\ufeff]/;

describe("a report in HTML", () => {
  it("is one page that loads nothing and has all of it", () => {
    const page = htmlReport(update());
    assert.match(page, /^<!doctype html>\n<html lang="en">/);
    assert.match(page, /default-src 'none'/);
    assert.doesNotMatch(page, /<script|<link|<img|url\(|@import|src=/);
    assert.match(page, /<p class="headline">5 changes: deploys image a426d6dc on prod/);
    assert.match(page, /<span class="remove">- {8}image: cimg\/python:3\.12<\/span>/);
    assert.match(page, /secret set/);
    assert.match(page, /prefers-color-scheme: dark[\s\S]*@media print/);
  });

  it("shows every one of very many changes", () => {
    assert.equal(htmlReport(reportOf(manyChanges(300), preview)).match(/<details/g)?.length, 300);
  });

  it("keeps hostile text in its place", () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const page = htmlReport(hostileReport(hostile)).replace(/<style>[\s\S]*?<\/style>/, "");
        assert.doesNotMatch(page.replaceAll(ELEMENT, ""), /[<>]/);
        assert.doesNotMatch(page, HARMFUL);
        for (const name of ["details", "table", "code", "pre", "p"])
          assert.equal(
            page.match(new RegExp(`<${name}[ >]`, "g"))?.length,
            page.match(new RegExp(`</${name}>`, "g"))?.length,
          );
      }),
      { numRuns: 100 },
    );
  });
});

describe("a report on a terminal", () => {
  it("wraps at the width and has no colour unless asked", () => {
    const text = terminalReport(update(), { colour: false, width: 72 });
    assert.doesNotMatch(text, HARMFUL);
    for (const line of text.split("\n")) assert.equal(line.length <= 72, true, line);
    assert.match(text, /^Preview of prod\n5 changes: /);
    assert.match(text, / {6}plan: starter -> standard\n/);
    assert.match(text, / {6}authToken: \(secret\) -> secret changed\n/);
    assert.match(text, / {2}Digest: known after the build/);
  });

  it("colours when asked", () => {
    const text = terminalReport(update(), { colour: true, width: 80 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are control sequences
    assert.match(text, /\u001b\[33m~\u001b\[39m web service \u001b\[1msite-sandbox/);
  });

  it("obeys nobody but itself", () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const report = hostileReport(hostile);
        assert.doesNotMatch(terminalReport(report, { colour: false, width: 80 }), HARMFUL);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are control sequences
        const colours = /\u001b\[\d+m/g;
        assert.doesNotMatch(terminalReport(report, { colour: true, width: 80 }).replaceAll(colours, ""), HARMFUL);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a report in JSON", () => {
  it("has the documented fields, and null for what is not known yet", () => {
    const report = JSON.parse(JSON.stringify(jsonReport(update())));
    assert.deepEqual(Object.keys(report).sort(), [
      ...["changes", "counts", "dangers", "diagnostics", "durationSeconds", "headline", "hidden", "live", "operation"],
      ...["outcome", "policy", "reportVersion", "sealed", "stack"],
    ]);
    assert.deepEqual(report.live.digest.value, null);
    assert.deepEqual(report.live.url.before, null);
    const site = report.changes.find(({ service }: { service: string }) => service === "Render").changes[0];
    assert.deepEqual(site.properties[0], {
      ...{ path: "environmentVariables.API_KEY", replaces: false },
      ...{ before: { state: "absent" }, after: { state: "secret" } },
    });
  });

  it("has nothing in it that a terminal obeys, once it is printed", () => {
    fc.assert(
      fc.property(hostileText, (hostile) =>
        assert.doesNotMatch(JSON.stringify(jsonReport(hostileReport(hostile))), HARMFUL),
      ),
      { numRuns: 100 },
    );
  });
});
