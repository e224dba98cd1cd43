import { lookUp } from "../kit/look-up.ts";
import type { ResourceRule } from "../kit/rule.ts";
import { CI_PROJECT } from "../kit/types.ts";

/** Whoever opens a pull request from a fork decides what its build runs. */
export const forksGetNoSecrets: ResourceRule = {
  name: "forks-get-no-secrets",
  title: "Builds of forks get no secrets from CircleCI.",
  where: "everywhere",
  level: "mandatory",
  severity: "critical",
  reason: "A pull request from a fork can print every variable that its build gets.",
  mend: "Leave `settings.forksReceiveSecretEnvVars` of the circleci.Project false, as the chain does: see stacks/transforms.ts.",
  types: [CI_PROJECT],
  *check({ name, properties }) {
    if (lookUp(properties, "settings", "forksReceiveSecretEnvVars") !== true) return;
    const now = lookUp(properties, "settings", "buildForkPrs") === false ? "as soon as forks are built" : "";
    yield { problem: `CircleCI hands ${name}'s secrets to forks${now && `, ${now}`}.` };
  },
};
