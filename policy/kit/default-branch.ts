/** The rulesets that guard a repository's default branch. */
import { removeCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "./label.ts";
import { listAt, lookUp } from "./look-up.ts";
import { REPOSITORY, RULESET } from "./resource-types.ts";
import type { Finding, StackSubject } from "./rule.ts";

const MEND_RULESET =
  `\`${removeCommand("delivery:repository.ruleset")}\`: by default there is one. Where GitHub's plan has none for ` +
  "private repositories, make the rule advisory in policy/config.json.";

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
    .map((repository) => ({
      repository,
      rulesets: rulesets.filter((ruleset) => isOf(repository, ruleset) && coversDefault(repository, ruleset)),
    }));
}

/** What is wrong with the default branch of a repository. */
export function looseBranch({ repository, rulesets }: GuardedRepository, problem: string): Finding {
  const branch = `The default branch of ${labelOf(repository)}`;
  const { urn } = repository;
  if (rulesets.length > 0) return { problem: `${branch} ${problem}.`, urn };
  return { problem: `${branch} has no ruleset.`, urn, mend: MEND_RULESET };
}

/** Tag rulesets, and those that only evaluate, refuse no push to a branch ("Creating rulesets for a repository"). */
function isInForce({ properties }: StackSubject): boolean {
  return lookUp(properties, "target") === "branch" && lookUp(properties, "enforcement") === "active";
}

function isOf(repository: StackSubject, ruleset: StackSubject): boolean {
  const name = lookUp(repository.properties, "name");
  const isNamed = typeof name === "string" && lookUp(ruleset.properties, "repository") === name;
  return isNamed || ruleset.sourcesOf("repository").includes(repository.urn);
}

/** By GitHub's own names of branches, by name, or by a pattern. */
function coversDefault(repository: StackSubject, { properties }: StackSubject): boolean {
  const branch = lookUp(repository.properties, "defaultBranch");
  const matches = (pattern: unknown): boolean =>
    pattern === "~DEFAULT_BRANCH" ||
    pattern === "~ALL" ||
    // What a preview cannot know yet is taken for the branch that is meant.
    (typeof pattern === "string" && (typeof branch !== "string" || matchesGlob(`refs/heads/${branch}`, pattern)));
  const includes = listAt(properties, "conditions", "refName", "includes");
  const excludes = listAt(properties, "conditions", "refName", "excludes") ?? [];
  const isExcluded = typeof branch === "string" && excludes.some(matches);
  return (!includes || includes.some(matches)) && !isExcluded;
}

/** `*` is anything but a slash, `**` anything. */
function matchesGlob(ref: string, pattern: string): boolean {
  const literal = pattern.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&");
  const source = literal.replaceAll(/\*+/g, (stars) => (stars === "*" ? "[^/]*" : ".*"));
  return new RegExp(`^${source}$`).test(ref);
}
