/** Rulesets of a repository, as GitHub applies them ("About rulesets", "Creating rulesets for a repository"). */
import { minimatch } from "minimatch";
import { z } from "zod";
import { list, optional } from "../../providers/kit/answer.ts";

const rule = z.object({ type: z.string(), parameters: optional(z.record(z.string(), z.unknown())) });
const actor = z.object({ actor_type: z.string(), actor_id: optional(z.number()) });
const patterns = z.object({ include: list(z.string()), exclude: list(z.string()) });

/** What a list of rulesets tells. */
export const listedRuleset = z.object({ id: z.number(), name: z.string(), target: optional(z.string()) });

/** A ruleset with its rules, which the list does not tell. */
export const rulesetAnswer = z.object({
  id: z.number(),
  name: z.string(),
  target: optional(z.string()),
  enforcement: optional(z.string()),
  source_type: optional(z.string()),
  conditions: optional(z.object({ ref_name: optional(patterns) })),
  bypass_actors: list(actor),
  rules: list(rule),
});

export type Ruleset = z.output<typeof rulesetAnswer>;

/** Whether a ruleset holds for a repository's default branch. One that is disabled, or only evaluates, holds nobody. */
export function guards(ruleset: Ruleset, defaultBranch: string): boolean {
  return (ruleset.enforcement ?? "active") === "active" && isMeant(ruleset, defaultBranch);
}

/** Whether the conditions name the default branch, in force or not. */
export function isMeant({ target, conditions }: Ruleset, defaultBranch: string): boolean {
  if (target !== undefined && target !== "branch") return false;
  const { include = [], exclude = [] } = conditions?.ref_name ?? {};
  const names = (pattern: string): boolean => namesDefault(pattern, defaultBranch);
  return include.some(names) && !exclude.some(names);
}

/** Whether a refusal says that the plan has no rulesets. Any other 403 says something of the token, or of a limit. */
export function planHasNone(status: number, message: string): boolean {
  return status === 403 && /\bupgrade to\b|make this repository public/i.test(message);
}

function namesDefault(pattern: string, branch: string): boolean {
  return pattern === "~ALL" || pattern === "~DEFAULT_BRANCH" || fnmatch(pattern, `refs/heads/${branch}`);
}

/**
 * Ruby's `File.fnmatch` with FNM_PATHNAME, which GitHub names as its syntax: no braces, no `!` before a pattern, and
 * `**` crosses folders only before a slash.
 */
function fnmatch(pattern: string, name: string): boolean {
  const flags = { dot: true, nobrace: true, noext: true, nonegate: true, nocomment: true, noglobstar: false };
  return minimatch(name, pattern.replace(/\*\*$/, "*"), flags);
}
