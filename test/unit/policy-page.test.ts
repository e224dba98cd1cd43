import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inProject } from "../../lib/project-folder.ts";
import { policyPage } from "../../policy/docs/policy-page.ts";
import { rules } from "../../policy/rules/index.ts";

describe("docs/policy.md", () => {
  const page = policyPage();

  it("is what `npm run docs` makes of the rules", () => {
    const written = readFileSync(inProject("docs/policy.md"), "utf8");
    assert.equal(written, page, "run `npm run docs` and commit docs/policy.md");
  });

  it("tells each rule's place, level, reason and remedy", () => {
    for (const { name, where, level, reason, mend } of rules) {
      const row =
        page.split("\n").find((line) => line.startsWith(`| \`${name}\` | `)) ?? assert.fail(`no row of ${name}`);
      for (const cell of [where, level, reason, mend]) assert.ok(row.includes(cell), `${name}: ${cell}`);
    }
    assert.doesNotMatch(page, /undefined|WHOLE_STACK|CREDENTIALS/);
  });
});

describe("policy/config.json", () => {
  const { version, policies } = JSON.parse(readFileSync(inProject("policy/config.json"), "utf8"));

  it("names rules and settings that there are", () => {
    assert.equal(version, 2);
    for (const [name, settings] of Object.entries(policies as Record<string, object>)) {
      const rule = rules.find((one) => one.name === name) ?? assert.fail(`there is no rule ${name}`);
      for (const setting of Object.keys(settings)) assert.ok(rule.settings?.[setting], `${name} has no ${setting}`);
    }
  });
});
