import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { deviations } from "./deviations.ts";
import type { Rule } from "./rules/rule.ts";
import { rules } from "./rules/rules.ts";

/** A status, a type or an absence that the description does not have; its own faults are other words. */
const UNLIKE_DESCRIBED = /^response 2\d\d (?:is not described|\/\S+ must be |(?:\/\S+ )?must have required property )/;

const testsFolder = new URL("../", import.meta.url);
const readTest = (file: string): string => readFileSync(new URL(file, testsFolder), "utf8");

describe("the table of rules that no description tells", () => {
  for (const [service, table] of Object.entries(rules)) {
    it(`names for each rule of ${service} a source and a test that is there`, () => {
      const lost = table.filter(({ source, test: [file, title] }) => {
        const titles = readTest(file).match(/^\s*it\((["`]).*\1/gm) ?? [];
        const known = Object.values(source).every((words) => words.trim() !== "");
        return !known || !titles.some((line) => line.includes(title));
      });
      assert.deepEqual(lost, []);
    });
  }

  it("tells each rule once", () => {
    const told = Object.values(rules).flatMap((table: readonly Rule[]) => table.map(({ rule }) => rule));
    assert.deepEqual(
      told.filter((rule, index) => told.indexOf(rule) < index),
      [],
    );
  });

  it("has the rule of every success that is not answered as it is described", () => {
    const told = new Set(Object.values(rules).flatMap((table: readonly Rule[]) => table.map(({ rule }) => rule)));
    const answers = deviations.filter(({ problems }) => problems.some((problem) => UNLIKE_DESCRIBED.test(problem)));
    assert.ok(answers.length > 3);
    assert.deepEqual(
      answers.filter(({ rule }) => rule === undefined || !told.has(rule)),
      [],
    );
  });
});
