import { setCommand } from "../../lib/configuration-problems.ts";
import { guardedRepositories } from "../kit/default-branch.ts";
import { labelOf } from "../kit/label.ts";
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
  mend:
    `\`${setCommand("delivery:repository.ruleset.reviews", "1")}\`. Where the ruleset is off because GitHub's plan has ` +
    "none for private repositories, make this rule advisory in policy/config.json.",
  *checkStack(resources) {
    for (const { repository, rulesets } of guardedRepositories(resources)) {
      const reviews = rulesets.map(({ properties }) =>
        lookUp(properties, "rules", "pullRequest", "requiredApprovingReviewCount"),
      );
      if (reviews.some((count) => typeof count !== "undefined" && count !== 0)) continue;
      const problem = rulesets.length > 0 ? "needs no approval." : "has no ruleset.";
      yield { problem: `The default branch of ${labelOf(repository)} ${problem}`, urn: repository.urn };
    }
  },
};
