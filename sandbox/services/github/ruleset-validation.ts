/** What GitHub refuses in a ruleset that has the right form. */
import type { Github } from "./github.ts";
import type { BypassActor, Ruleset, RulesetContent } from "./ruleset.ts";

/** Every problem of a ruleset beyond its form, in GitHub's words; `siblings` are the repository's other rulesets. */
export function rulesetProblems(github: Github, siblings: readonly Ruleset[], ruleset: Ruleset): string[] {
  const sameName = siblings.some((other) => other.id !== ruleset.id && other.name === ruleset.name);
  return [
    ...(sameName ? ["Name must be unique"] : []),
    ...duplicateRules(ruleset.rules),
    ...ruleset.rules.flatMap(emptyChecks),
    ...ruleset.bypass_actors.flatMap((actor) => actorProblem(github, actor)),
    ...(ruleset.conditions.ref_name?.include ?? []).flatMap(refProblem),
  ];
}

function duplicateRules(rules: RulesetContent["rules"]): string[] {
  const types = rules.map((rule) => rule.type);
  return [...new Set(types.filter((type, index) => types.indexOf(type) !== index))].map(
    (type) => `Rule type '${type}' is duplicated`,
  );
}

function emptyChecks(rule: RulesetContent["rules"][number]): string[] {
  if (rule.type !== "required_status_checks") return [];
  const prefix = "Invalid rule 'required_status_checks': Invalid parameter required_status_checks:";
  return rule.parameters.required_status_checks.flatMap(({ context }, index) =>
    context === ""
      ? [`${prefix} Invalid array contents. Errors at index ${index}: Expected context to be present`]
      : [],
  );
}

function actorProblem(github: Github, actor: BypassActor): string[] {
  if (actor.actor_type === "OrganizationAdmin" || actor.actor_type === "DeployKey") return [];
  const isForeignUser =
    actor.actor_type === "User" && !github.identity.users.some((user) => user.id === actor.actor_id);
  if (actor.actor_id && !isForeignUser) return [];
  return ["Actor must be part of the ruleset source or owner organization"];
}

function refProblem(pattern: string): string[] {
  const isValid = pattern === "~ALL" || pattern === "~DEFAULT_BRANCH" || pattern.startsWith("refs/");
  return isValid ? [] : [`Conditions 'ref_name' is invalid: Invalid target patterns: '${pattern}'`];
}
