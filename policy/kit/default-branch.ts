/** The rulesets that guard a repository's default branch. */
import { listAt, lookUp } from "./look-up.ts";
import type { StackSubject } from "./rule.ts";
import { REPOSITORY, RULESET } from "./types.ts";

/** A repository of the stack, with the rulesets that are in force on its default branch. */
export interface GuardedRepository {
  readonly repository: StackSubject;
  readonly rulesets: readonly StackSubject[];
}

/** Every repository that the stack declares. */
export function guardedRepositories(resources: readonly StackSubject[]): readonly GuardedRepository[] {
  const rulesets = resources.filter(({ type }) => type === RULESET).filter(isInForce);
  return resources
    .filter(({ type }) => type === REPOSITORY)
    .map((repository) => ({ repository, rulesets: rulesets.filter((ruleset) => isOf(repository, ruleset)) }));
}

function isOf(repository: StackSubject, ruleset: StackSubject): boolean {
  const name = lookUp(repository.properties, "name");
  const isNamed = typeof name === "string" && lookUp(ruleset.properties, "repository") === name;
  return isNamed || ruleset.sourcesOf("repository").includes(repository.urn);
}

/** Tag rulesets, and those that only evaluate, refuse no push to a branch ("Creating rulesets for a repository"). */
function isInForce({ properties }: StackSubject): boolean {
  const includes = listAt(properties, "conditions", "refName", "includes");
  return (
    lookUp(properties, "target") === "branch" &&
    lookUp(properties, "enforcement") === "active" &&
    (!includes || includes.includes("~DEFAULT_BRANCH") || includes.includes("~ALL"))
  );
}
