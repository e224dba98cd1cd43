import { removeCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp } from "../kit/look-up.ts";
import { CI_PROJECT } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** Whoever opens a pull request from a fork decides what its build runs. */
export const forksGetNoSecrets: ResourceRule = {
  name: "forks-get-no-secrets",
  title: "Builds of forks get no secrets from CircleCI.",
  where: "everywhere",
  level: "mandatory",
  severity: "critical",
  reason: "A pull request from a fork can print every variable that its build gets.",
  mend:
    "The chain leaves it off; see stacks/transforms.ts, and " +
    `\`${removeCommand("delivery:asFound.pipeline.settings.forksReceiveSecretEnvVars")}\`.`,
  types: [CI_PROJECT],
  *check(project) {
    if (lookUp(project.properties, "settings", "forksReceiveSecretEnvVars") !== true) return;
    const areBuilt = lookUp(project.properties, "settings", "buildForkPrs") !== false;
    const when = areBuilt ? "when it builds their pull requests" : "as soon as somebody lets it build them";
    yield { problem: `${labelOf(project)} gives its secrets to forks ${when}.` };
  },
};
