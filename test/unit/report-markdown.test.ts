import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { markdownReport, reportOf } from "../../cli/report/index.ts";
import { previewOf, recordedEvents } from "./support/engine-events.ts";
import { hostileReport, hostileText, manyChanges } from "./support/hostile-report.ts";

/** The elements that a report is made of. GitHub lets all of them through. */
const ELEMENT = /<\/?(b|i|p|br|sub|code|table|tr|th|td|details|summary|a)( open| colspan="2"| href="https:[^"<>]*")?>/g;

/** Takes the fenced blocks out, as a Markdown reader finds them: info string and lines of each. */
function readFences(markdown: string): { prose: string; blocks: { info: string; lines: string[] }[] } {
  const prose: string[] = [];
  const blocks: { info: string; lines: string[] }[] = [];
  let open: { mark: string; info: string; lines: string[] } | undefined;
  for (const line of markdown.split("\n")) {
    const [, mark = "", info = ""] = /^(`{3,})([a-z]*)\s*$/.exec(line) ?? [];
    if (!open && mark !== "") open = { mark, info, lines: [] };
    else if (open && info === "" && mark.length >= open.mark.length) {
      blocks.push(open);
      open = undefined;
    } else (open?.lines ?? prose).push(line);
  }
  assert.equal(open, undefined, "a fence is not closed");
  return { prose: prose.join("\n"), blocks };
}

const preview = { operation: "preview", stack: "prod" } as const;

describe("a report in Markdown", () => {
  const report = reportOf(recordedEvents("update-preview"), preview);

  it("begins with the sentence and has table, picture, what is live, each property, and what is left out", () => {
    const markdown = markdownReport(report, {
      artifactUrl: "https://ci.example/1/report.html",
      jobUrl: "https://ci.example/1",
    });
    assert.match(markdown, /^### Preview of <code>prod<\/code>\n\n<p><b>5 changes: deploys image a426d6dc on prod, /);
    assert.match(markdown, /<tr><td><b>Sentry<\/b><\/td><td>3 unchanged<\/td><td>no change<\/td><\/tr>/);
    assert.match(markdown, /<b>Live after the update<\/b>[\s\S]*<th>Digest<\/th><td><i>known after the build<\/i>/);
    assert.match(markdown, /<code>plan<\/code><\/td><td><code>starter<\/code><\/td><td><code>standard<\/code>/);
    assert.match(
      markdown,
      /<code>environmentVariables.API&#95;KEY<\/code><\/td><td><code>\(none\)<\/code><\/td><td><code>secret set</,
    );
    assert.match(markdown, /Left out: 11 unchanged resources, 1 unchanged secret, /);
    assert.match(
      markdown,
      /<a href="https:\/\/ci.example\/1\/report.html">The whole report<\/a> · <a href="https:\/\/ci.example\/1">/,
    );
  });

  it("shows of a changed file the lines that differ", () => {
    const { blocks } = readFences(markdownReport(report));
    const lines = blocks.find(({ info }) => info === "diff")?.lines;
    assert.deepEqual(
      lines?.filter((line) => /^[+-]/.test(line)),
      ["-        image: cimg/python:3.12", "+        image: cimg/python:3.13"],
    );
  });

  it("draws the chain with what changes", () => {
    const { blocks } = readFences(markdownReport(report));
    const picture = blocks.find(({ info }) => info === "mermaid")?.lines.join("\n") ?? "";
    assert.match(picture, /Image\["Image<br\/>1 changed<br\/>• builds image a426d6dc"\]:::changed/);
    assert.match(picture, /Sentry\["Sentry<br\/>3 unchanged"\]:::same/);
    assert.match(picture, /GitHub --> CircleCI\n {2}CircleCI --> Image\n {2}Image --> Render\n {2}Render --> Sentry/);
  });

  it("warns in an alert of what is lost, once for many of a kind", () => {
    const markdown = markdownReport(reportOf(recordedEvents("replace-preview"), preview));
    assert.match(
      markdown,
      /> \[!CAUTION\]\n> <b>The CircleCI project <code>gh\/acme\/site<\/code> is deleted and made anew because its slug changes\.<\/b> Its variables/,
    );
    const many = markdownReport(reportOf(manyChanges(300), preview));
    assert.match(many, /> <b>Each Sentry project of these 100: <code>/);
  });

  it("warns less of what protection or retention saves", () => {
    const of = (side: object): string =>
      markdownReport(
        reportOf(previewOf({ op: "delete", type: "render:index:WebService", old: { inputs: {}, ...side } }), preview),
      );
    assert.match(of({ protect: true }), /\[!WARNING\]\n.*It is protected: the engine refuses/);
    assert.match(of({ retainOnDelete: true }), /\[!WARNING\]\n.*leaves the stack.*It is kept/);
  });

  it("is short when nothing changes", () => {
    const markdown = markdownReport(reportOf(recordedEvents("same-preview"), preview));
    assert.match(markdown, /<b>No changes: 17 resources are as declared\.<\/b>/);
    assert.doesNotMatch(markdown, /mermaid|<th>Service/);
    assert.match(markdown, /<b>Live<\/b>/);
  });

  it("links to web pages only", () => {
    const markdown = markdownReport(report, {
      artifactUrl: "javascript:alert(1)",
      jobUrl: 'https://ci.example/"><script>',
    });
    assert.doesNotMatch(markdown, /javascript|<script/);
    assert.match(markdown, /href="https:\/\/ci.example\/%22%3E%3Cscript%3E"/);
  });
});

describe("the length of a report in Markdown", () => {
  const many = reportOf(manyChanges(300), preview);

  it("stays under GitHub's limit with 300 resources, the most important ones first", () => {
    const markdown = markdownReport(many, { artifactUrl: "https://ci.example/report.html" });
    assert.equal(markdown.length <= 65_536, true);
    assert.match(markdown, /300 changes: /);
    assert.match(
      markdown,
      /To stay within the limit, \d+ changes are shown without properties.* The whole report has them\./,
    );
    const [first] = markdown.match(/<details[\s\S]*?<\/details>/) ?? [];
    assert.match(first ?? "", /web service|Sentry|project/);
  });

  it("never passes the limit, whatever it is, and keeps the sentence as long as it can", () => {
    for (const limit of [300, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000]) {
      const markdown = markdownReport(many, { limit });
      assert.equal(markdown.length <= limit, true, `${markdown.length} characters, limit ${limit}`);
      assert.match(markdown, /300 changes: /);
      readFences(markdown);
    }
  });

  it("is the limit's for names of any length", () => {
    const name = "x".repeat(100_000);
    const report = reportOf(
      previewOf({
        op: "update",
        type: `a:b:${name}`,
        name,
        old: { inputs: { [name]: name } },
        new: { inputs: { [name]: "y" } },
        differs: { [name]: "update" },
      }),
      preview,
    );
    assert.equal(markdownReport(report).length <= 65_536, true);
  });
});

describe("hostile text in Markdown", () => {
  it("stays text: no formatting, no element, no link, no mention, no comment", () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const { prose, blocks } = readFences(markdownReport(hostileReport(hostile)));
        const rest = prose
          .replaceAll(ELEMENT, "")
          .replaceAll("> [!CAUTION]", "")
          .replaceAll(/^>( |$)/gm, "")
          .replace(/^### /, "");
        assert.doesNotMatch(rest, /[<>`*[\]|~@$\\!]/);
        const words = prose
          .replaceAll(/<code>.*?<\/code>/g, "")
          .replaceAll(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
        assert.doesNotMatch(words, /[@#]\w|\w:\/\/|\bwww\.|\bGH-\d/i);
        for (const name of ["details", "table", "code", "b", "p"])
          assert.equal(
            prose.split(`<${name}>`).length + prose.split(`<${name} open>`).length - 1,
            prose.split(`</${name}>`).length,
            name,
          );
        assert.equal(blocks.filter(({ info }) => info === "mermaid").length, 1);
      }),
      { numRuns: 200 },
    );
  });

  it("cannot leave its label in the picture", () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const { blocks } = readFences(markdownReport(hostileReport(hostile)));
        const [, , ...lines] = blocks.find(({ info }) => info === "mermaid")?.lines ?? [];
        for (const line of lines)
          assert.match(line, /^ {2}(\w+\["([\p{L}\p{N} .,:/•-]|#\d+;|<br\/>)*"\]:::\w+|\w+ --> \w+|classDef .*)$/u);
      }),
      { numRuns: 200 },
    );
  });
});
