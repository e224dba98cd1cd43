import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { editStackFile } from "../../cli/adopt/stack-file.ts";
import { configurationSchema } from "../../infra/config-schema.ts";
import { schemaProblems } from "../../lib/configuration-problems.ts";
import { unquotedProblems } from "../../lib/unquoted-values.ts";
import { needsQuotes, quotedNode } from "../../lib/yaml-scalars.ts";

/** What is written without quotes, and what Pulumi CLI 3.274.1 hands to the program for it; measured with that. */
const READ: readonly (readonly [written: string, given: string])[] = [
  ["0755", "493"],
  ["007", "7"],
  ["08", "8"],
  ["0o17", "15"],
  ["0b11", "3"],
  ["0x1F", "31"],
  ["1_000", "1000"],
  ["1_0.5", "10.5"],
  ["1e3", "1000"],
  ["+5", "5"],
  ["-0", "0"],
  [".5", "0.5"],
  ["1.0", "1"],
  ["1.10", "1.1"],
  ["1098765432109876543", "1098765432109876543"],
  ["9007199254740993", "9007199254740993"],
  ["18446744073709551616", "18446744073709552000"],
  ["123456789012345678901234567890", "1.2345678901234568e+29"],
  ["2024-01-31", '"2024-01-31 00:00:00 +0000 UTC"'],
  ["2024-1-1", '"2024-01-01 00:00:00 +0000 UTC"'],
  ["2024-01-31T10:00:00Z", '"2024-01-31 10:00:00 +0000 UTC"'],
  ["True", "true"],
  ["FALSE", "false"],
  ["~", "null"],
  ["Null", "null"],
  ["", "null"],
];
/** What it hands over as it is written. */
const KEPT: readonly (readonly [written: string, given: string])[] = [
  ["5", "5"],
  ["-12", "-12"],
  ["9007199254740991", "9007199254740991"],
  ["true", "true"],
  ["yes", '"yes"'],
  ["on", '"on"'],
  ["OFF", '"OFF"'],
  ["n", '"n"'],
  ["12:30:45", '"12:30:45"'],
  ["word", '"word"'],
  ['"0755"', '"0755"'],
  ["'2024-01-31'", '"2024-01-31"'],
  ['"2024-01-31 00:00:00 +0000 UTC"', '"2024-01-31 00:00:00 +0000 UTC"'],
];

describe("values of a stack's file", () => {
  const site = { ownerId: "tea-acme", region: "oregon", plan: "starter", healthCheckPath: "/" };
  /** Problems of a value in this place, as the program tells them. */
  function problems(written: string, given: string, place = "site.variables.A"): string[] {
    const [part = "", ...path] = place.split(".");
    const nested = (value: unknown): unknown => path.toReversed().reduce((inner, name) => ({ [name]: inner }), value);
    const indented = path.map((name, depth) => `${"  ".repeat(depth + 2)}${name}:`).join("\n");
    const file = `config:\n  delivery:${part}:\n${indented} ${written}\n`;
    const raw = { environment: "prod", application: { name: "site", path: "." }, [part]: nested(JSON.parse(given)) };
    if (part === "site") raw["site"] = { ...site, ...(raw["site"] as object) };
    const { error } = configurationSchema.safeParse(raw);
    const refused = error ? schemaProblems("delivery", configurationSchema, raw, error) : [];
    return [...refused, ...unquotedProblems("delivery", configurationSchema, raw, file)]
      .filter(({ key }) => key === `delivery:${place}`)
      .map(({ problem, mend }) => `${problem}; ${mend}`);
  }

  for (const [written, given] of READ)
    it(`are refused when they are read as others: ${written || "nothing at all"}`, () => {
      const [said, ...more] = problems(written, given);
      assert.deepEqual(more, []);
      if (given === "null")
        assert.match(said ?? "", /^is empty: .*; .* or leave it out: npm run pulumi -- config rm --path /);
      else assert.match(said ?? "", /^(stands without quotes|is read as a number), .*; write it in quotes/);
      assert.ok(written === "" || !said?.includes(written.slice(0, 40)) || written.length < 3, "no value is repeated");
    });

  for (const [written, given] of KEPT)
    it(`are taken as they are written: ${written}`, () => assert.deepEqual(problems(written, given), []));

  it("may be written in any way where a number or a truth value is asked for", () => {
    assert.deepEqual(problems("0x2", "2", "site.instances"), []);
    assert.deepEqual(problems("True", "true", "repository.autoMerge"), []);
  });

  it("are refused wherever a text is asked for, in lists and for secrets, too", () => {
    for (const place of ["image.buildArguments.A", "image.labels.a", "image.revision", "pipeline.variables.A"])
      assert.equal(problems("0755", "493", place).length, 1, place);
    assert.equal(problems("0755", "493", "secretVariables.A").length, 1);
    assert.equal(problems("2024-01-31", '"2024-01-31 00:00:00 +0000 UTC"', "asFound.site.a").length, 1);
  });

  it("do not count when another value is configured elsewhere", () => {
    assert.deepEqual(problems("0755", '"another"'), []);
  });

  it("that are empty texts get a message of their own", () => {
    assert.match(problems('""', '""')[0] ?? "", /^is empty: the value of a variable; .* or leave it out/);
  });

  it("get quotes when adopt or init writes them, if they would not be kept", () => {
    const words = [...READ, ...KEPT.filter(([text]) => !/["']/.test(text))].map(([text]) => text);
    const settings = words.map((value, index) => ({ key: `site.variables.V${index}`, value }));
    const { text } = editStackFile("", [...settings, { key: "asFound.site", value: { a: ["2024-01-31", 5, true] } }]);
    for (const [written] of READ) assert.ok(text.includes(`: "${written}"\n`), written);
    assert.match(text, /: word\n/);
    assert.match(text, /- "2024-01-31"\n +- 5\n +- true\n/);
  });

  it("of any text are the same after writing and reading, and nothing that needs quotes goes without", () => {
    const digits = fc.stringMatching(/^[-+.0-9_eExXobTZ:~ ]{1,12}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits, fc.constantFrom(...READ.map(([text]) => text))), (value) => {
        const document = parseDocument("");
        document.contents = quotedNode(document, { value }) as never;
        const text = document.toString();
        assert.equal(parseDocument(text).get("value"), value);
        if (needsQuotes(value)) assert.match(text, /^value: "/);
      }),
      { seed: 20_261_130 },
    );
  });
});
