import { setCommand } from "../../lib/configuration-problems.ts";
import { guardedRepositories, looseBranch } from "../kit/default-branch.ts";
import { listAt } from "../kit/look-up.ts";
import type { StackRule } from "../kit/rule.ts";

/** Nothing reaches production untested. */
export const requiredChecks: StackRule = {
  name: "required-checks",
  title: "A change of production's default branch has to pass CircleCI's checks.",
  where: "production",
  level: "mandatory",
  severity: "high",
  reason: "A review does not run the tests.",
  mend:
    `\`${setCommand("delivery:repository.pipelineFile", "managed")}\`: the chain then requires the jobs of the file ` +
    "that it writes. With a file of your own, name its checks in stacks/transforms.ts.",
  *checkStack(resources) {
    for (const guarded of guardedRepositories(resources)) {
      const checks = guarded.rulesets.map(({ properties }) =>
        listAt(properties, "rules", "requiredStatusChecks", "requiredChecks"),
      );
      if (checks.some((list) => list === undefined || list.length > 0)) continue;
      yield looseBranch(guarded, "requires no check");
    }
  },
};
