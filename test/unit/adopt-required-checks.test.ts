import assert from "node:assert/strict";
import type { z } from "zod";
import type { Around } from "../../cli/adopt/around.ts";
import { checksNote } from "../../cli/adopt/services/github-checks.ts";
import { findRuleset } from "../../cli/adopt/services/github-ruleset.ts";
import type { GithubClient } from "../../cli/services/github-client.ts";

describe("adopted required checks", () => {
  describe("of a ruleset", () => {
    const find = async (rules: readonly object[]) => {
      const ruleset = { id: 7, name: "main", target: "branch", enforcement: "active", rules, bypass_actors: [] };
      const conditions = { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } };
      const client = {
        list: async () => [{ id: 7, name: "main", target: "branch" }],
        read: async (_path: string, schema: z.ZodType) => schema.parse({ ...ruleset, conditions }),
      } as unknown as GithubClient;
      const around = { given: {}, configured: () => undefined, isOffByAdoption: () => false } as unknown as Around;
      const { settings } = await findRuleset(around, client, "/repos/acme/site", {
        name: "site",
        default_branch: "main",
      });
      return settings.find(({ key }) => key === "repository.ruleset.requiredChecks")?.value;
    };
    const checks = (required_status_checks: unknown) => ({
      type: "required_status_checks",
      parameters: { required_status_checks },
    });

    it("are what the stack's file says of it", async () => {
      const found = [{ context: "ci/circleci: test" }, { context: "docs", integration_id: 12 }];
      assert.deepEqual(await find([checks(found)]), ["ci/circleci: test", "docs"]);
    });

    it("are left out where there are none, or none that can be read", async () => {
      for (const rules of [[], [checks([])], [checks(null)], [checks("all")], [checks([{ name: "x" }])]])
        assert.equal(await find(rules), undefined);
    });
  });

  describe("of a pipeline that is the team's, where no rule requires any", () => {
    const note = (answers: Record<string, unknown>) =>
      checksNote(
        {
          find: async <Answer>(path: string, schema: z.ZodType<Answer>) => {
            const found = answers[path.replace("/repos/acme/site/", "")];
            if (found instanceof Error) throw found;
            return found === undefined ? undefined : schema.parse(found);
          },
        },
        "acme",
        "site",
      );

    it("are named as recent pull requests have them, and not required", async () => {
      const answers = {
        pulls: [{ head: { sha: "a" } }],
        "commits/a/status": { statuses: [{ context: "ci/circleci: test" }] },
        "commits/a/check-runs": { check_runs: [{ name: "lint" }] },
      };
      assert.equal(
        await note(answers),
        "No check is required to merge. Recent pull requests have ci/circleci: test, lint: repository.ruleset.requiredChecks can require them.",
      );
    });

    it("are none, said so, where there are none or GitHub does not tell", async () => {
      assert.match(
        await note({ pulls: [] }),
        /^No check is required to merge: all recent pull requests have none in common\./,
      );
      assert.match(
        await note({ pulls: new Error("GitHub answers 403.") }),
        /to merge: GitHub answers 403\. repository\.ruleset/,
      );
    });
  });
});
