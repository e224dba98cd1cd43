import { setCommand } from "../../lib/configuration-problems.ts";
import { guardedRepositories, looseBranch } from "../kit/default-branch.ts";
import { lookUp } from "../kit/look-up.ts";
import type { StackRule } from "../kit/rule.ts";

/** Nobody changes production alone. */
export const pullRequestReviews: StackRule = {
  name: "pull-request-reviews",
  title: "A change of production's default branch needs a pull request that somebody else approved.",
  where: "production",
  level: "mandatory",
  severity: "high",
  reason: "What is on the default branch is what production runs next.",
  mend: `\`${setCommand("delivery:repository.ruleset.reviews", "1")}\`.`,
  *checkStack(resources) {
    for (const guarded of guardedRepositories(resources)) {
      const reviews = guarded.rulesets.map(({ properties }) =>
        lookUp(properties, "rules", "pullRequest", "requiredApprovingReviewCount"),
      );
      if (reviews.some((count) => typeof count !== "undefined" && count !== 0)) continue;
      yield looseBranch(guarded, "needs no approval");
    }
  },
};
