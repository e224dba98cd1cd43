/** What GitHub takes of a ruleset's bypass list ("REST API endpoints for rules", bypass_actors). */
import { type Problem, removeCommand, setCommand } from "../lib/configuration-problems.ts";
import type { Configuration } from "./config.ts";

/** Kinds of actors of which there is only one, whatever number is given: GitHub answers another than was sent. */
export const WITHOUT_ID: ReadonlySet<string> = new Set(["OrganizationAdmin", "DeployKey"]);

/** Actors without the number that says which, and numbers that say nothing. */
export function* bypassProblems({ repository }: Configuration): Generator<Problem> {
  for (const [index, { actorType, actorId }] of (repository?.ruleset?.bypass ?? []).entries()) {
    const key = `delivery:repository.ruleset.bypass[${index}].actorId`;
    const isIgnored = WITHOUT_ID.has(actorType);
    if (isIgnored && actorId !== undefined)
      yield { key, problem: `is ignored by GitHub for ${actorType}`, mend: removeCommand(key) };
    if (!isIgnored && actorId === undefined)
      yield { key, problem: `is missing: GitHub needs the number of a ${actorType}`, mend: setCommand(key, "NUMBER") };
  }
}
