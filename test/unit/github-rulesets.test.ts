import assert from "node:assert/strict";
import { guards, planHasNone, rulesetAnswer } from "../../cli/services/github-rulesets.ts";

const ruleset = (include: unknown, exclude: unknown = null, changes: object = {}) =>
  rulesetAnswer.parse({ id: 1, name: "x", conditions: { ref_name: { include, exclude } }, ...changes });

describe("rulesets of GitHub", () => {
  for (const [include, exclude, branch, isGuarded] of [
    [["~ALL"], [], "main", true],
    [["~DEFAULT_BRANCH"], [], "release/1", true],
    [["refs/heads/main"], [], "main", true],
    [["main"], [], "main", false],
    [["refs/heads/Main"], [], "main", false],
    [["refs/heads/*"], [], "main", true],
    [["refs/heads/*"], [], "release/1", false],
    [["refs/heads/**"], [], "release/1", false],
    [["refs/heads/**/*"], [], "main", true],
    [["refs/heads/**/*"], [], "release/1/a", true],
    [["refs/heads/release/**/*"], [], "release/1/a", true],
    [["refs/heads/release-?.[0-9]"], [], "release-1.2", true],
    [["refs/heads/release-?.[!0-9]"], [], "release-1.2", false],
    [["refs/heads/release-?.[^0-9]"], [], "release-1.x", true],
    [["refs/heads/ma?n"], [], "main", true],
    [["refs/heads/a?b"], [], "a/b", false],
    [["refs/heads/{main,trunk}"], [], "main", false],
    [["refs/heads/+(main)"], [], "main", false],
    [["!refs/heads/trunk"], [], "main", false],
    [["#main"], [], "main", false],
    [["refs/heads/ma\\in"], [], "main", true],
    [["refs/heads/\\*"], [], "main", false],
    [["refs/tags/*"], [], "main", false],
    [["~ALL"], ["refs/heads/main"], "main", false],
    [["~ALL"], ["~DEFAULT_BRANCH"], "main", false],
    [["~ALL"], ["refs/heads/ma*"], "main", false],
    [["~ALL"], ["refs/heads/trunk"], "main", true],
    [["refs/heads/trunk", "refs/heads/main"], null, "main", true],
    [[], [], "main", false],
    [null, null, "main", false],
  ] as const)
    it(`${JSON.stringify(include)} without ${JSON.stringify(exclude)} ${isGuarded ? "guards" : "leaves"} ${branch}`, () => {
      assert.equal(guards(ruleset(include, exclude), branch), isGuarded);
    });

  it("guard only while they are active, and only branches", () => {
    const all = (changes: object) => guards(ruleset(["~ALL"], [], changes), "main");
    assert.deepEqual(
      [{ enforcement: "active" }, { enforcement: null }, { enforcement: "evaluate" }, { enforcement: "disabled" }].map(
        all,
      ),
      [true, true, false, false],
    );
    assert.deepEqual([{ target: "branch" }, { target: "tag" }, { target: "push" }, {}].map(all), [
      true,
      false,
      false,
      true,
    ]);
  });

  it("are not in a plan only when the answer says so", () => {
    const missing = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
    for (const [status, message, hasNone] of [
      [403, missing, true],
      [403, "Upgrade to GitHub Team to enable this feature.", true],
      [403, "Resource not accessible by personal access token", false],
      [403, "API rate limit exceeded for user ID 1.", false],
      [403, "", false],
      [404, missing, false],
    ] as const)
      assert.equal(planHasNone(status, message), hasNone, `${status} ${message}`);
  });
});
