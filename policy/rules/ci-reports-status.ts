import { lookUp } from "../kit/look-up.ts";
import type { ResourceRule } from "../kit/rule.ts";
import { CI_PROJECT } from "../kit/types.ts";

/** GitHub hears how a build ended. */
export const ciReportsStatus: ResourceRule = {
  name: "ci-reports-status",
  title: "CircleCI reports every build's status to GitHub.",
  where: "everywhere",
  level: "mandatory",
  severity: "medium",
  reason: "A pull request then shows no failed check, or waits for ever for one that is required.",
  mend: "Leave `settings.setGithubStatus` of the circleci.Project true, as the chain does: see stacks/transforms.ts.",
  types: [CI_PROJECT],
  *check({ name, properties }) {
    if (lookUp(properties, "settings", "setGithubStatus") === false)
      yield { problem: `CircleCI does not report the builds of ${name}.` };
  },
};
