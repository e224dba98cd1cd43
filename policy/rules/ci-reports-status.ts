import { removeCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp } from "../kit/look-up.ts";
import { CI_PROJECT } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** GitHub hears how a build ended. */
export const ciReportsStatus: ResourceRule = {
  name: "ci-reports-status",
  title: "CircleCI reports every build's status to GitHub.",
  where: "everywhere",
  level: "mandatory",
  severity: "medium",
  reason: "Without it a pull request shows no failed check, or waits for ever for one that is required.",
  mend:
    "The chain turns it on; see stacks/transforms.ts, and " +
    `\`${removeCommand("delivery:asFound.pipeline.settings.setGithubStatus")}\`.`,
  types: [CI_PROJECT],
  *check(project) {
    if (lookUp(project.properties, "settings", "setGithubStatus") === false)
      yield { problem: `${labelOf(project)} does not report how its builds end.` };
  },
};
