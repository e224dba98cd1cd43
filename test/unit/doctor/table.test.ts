import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { cleanText, secretsOf } from "../../../cli/doctor/clean.ts";
import { type Diagnosis, diagnosisOf } from "../../../cli/doctor/diagnosis.ts";
import { notChecked, ok, problem, waiting, warn } from "../../../cli/doctor/finding.ts";
import { diagnosisText, wrapped } from "../../../cli/doctor/table.ts";

describe("delivery doctor: texts", () => {
  it("are on one line, without what steers a terminal", () => {
    const hostile = "a\u001b[31mb\u0007\u009bc\r\nd\u202ee\u200bf\u2028g\tend ";
    const clean = cleanText(hostile, []);
    assert.equal(clean, "ab<U+0007> d<U+202E>e<U+200B>f g end");
    assert.equal(stripVTControlCharacters(clean), clean);
  });

  it("hold no secret, also one that holds another, and no word that is only short", () => {
    const env = {
      GITHUB_TOKEN: "ghp_0123456789",
      A_PASSWORD: "ghp_0123456789-longer",
      NPM_TOKEN: "short",
      PATH: "/usr/bin/env",
    };
    const secrets = secretsOf(env, "registry-password");
    const text = "ghp_0123456789-longer, ghp_0123456789, registry-password, short, /usr/bin/env";
    assert.equal(cleanText(text, secrets), "[secret], [secret], [secret], short, /usr/bin/env");
  });

  it("break between words, and keep a long word whole", () => {
    assert.deepEqual(wrapped("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrapped("see https://example.com/a/long/address now", 10), [
      "see",
      "https://example.com/a/long/address",
      "now",
    ]);
  });
});

describe("delivery doctor: the table", () => {
  const about = { asks: "", finds: "", run: async () => ok("") };
  const diagnosis = (): Diagnosis =>
    diagnosisOf(
      "prod",
      [
        {
          check: { id: "render-names", area: "Render", title: "names", ...about },
          findings: [
            problem("service site exists (srv-1), and is not in this stack", "npx --no delivery adopt"),
            ok("project site is free"),
          ],
        },
        {
          check: { id: "engine", area: "Here", title: "a longer title", ...about },
          findings: [ok("Pulumi 3.274.1"), warn("odd", "look"), notChecked("unknown")],
        },
      ],
      (text) => text,
    );

  it("groups by place, names a check once, and says below what to do", () => {
    assert.equal(
      diagnosisText(diagnosis(), { width: 80, colour: false }),
      [
        "Here",
        "  ok           a longer title  Pulumi 3.274.1",
        "  warn                         odd",
        "               -> look",
        "  not checked                  unknown",
        "",
        "Render",
        "  problem      names           service site exists (srv-1), and is not in this",
        "                               stack",
        "               -> npx --no delivery adopt",
        "  ok                           project site is free",
        "",
        "1 problem to fix before an up. 1 warning, 2 in order, 1 not checked.",
      ].join("\n"),
    );
  });

  it("counts those that wait for the same check in one line", () => {
    const check = (id: string) => ({ id, area: "GitHub", title: id, ...about }) as const;
    const needed = { id: "github-token", title: "token" };
    const rows = ["a", "b", "c"].map((id) => ({ check: check(id), findings: [waiting(needed)] }));
    const owner = waiting({ id: "github-owner", title: "owner" });
    const others = ["d", "e"].map((id) => ({ check: check(id), findings: [owner] }));
    const text = diagnosisText(
      diagnosisOf("prod", [...rows, ...others], (one) => one),
      { width: 80, colour: false },
    );
    assert.deepEqual(text.split("\n").slice(1, 3), [
      "  not checked  3 checks  wait for: token",
      "  not checked  2 checks  wait for: owner",
    ]);
    assert.match(text, /5 not checked\.$/);
  });

  it("stays within the terminal, and with colours says the same", () => {
    for (const width of [60, 80, 120]) {
      const plain = diagnosisText(diagnosis(), { width, colour: false });
      for (const line of plain.split("\n").slice(0, -1)) assert.ok(line.length <= width, `${width}: ${line}`);
      const coloured = diagnosisText(diagnosis(), { width, colour: true });
      assert.notEqual(coloured, plain);
      const trimmed = stripVTControlCharacters(coloured).replaceAll(/ +$/gm, "");
      assert.equal(trimmed, plain);
    }
  });

  it("says that nothing stands in the way", () => {
    const empty = diagnosisOf("prod", [], (text) => text);
    assert.equal(
      diagnosisText(empty, { width: 80, colour: false }),
      "Nothing stands in the way of an up. 0 warnings, 0 in order, 0 not checked.",
    );
  });
});
