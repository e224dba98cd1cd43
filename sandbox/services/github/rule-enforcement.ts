/** What rulesets forbid: decides for a change of a branch which rules it breaks. */

import type { Github } from "./github.ts";
import type { Account } from "./identity.ts";
import type { Branch, CommitStatus } from "./model.ts";
import type { Repository } from "./repository.ts";
import type { BypassActor, Rule, Ruleset } from "./ruleset.ts";

/** A change of a branch. */
export interface BranchChange {
  readonly branch: string;
  readonly kind: "create" | "update" | "force-update" | "delete";
  /** Present when a pull request is merged: the commit whose checks count. */
  readonly mergedHead?: string;
  /** How many have approved what is merged. */
  readonly approvals?: number;
  /** Who changes it; by default the user to whom the account's token belongs. */
  readonly by?: Account | undefined;
}

/** A sentence of GitHub's for every rule that a change would break. */
export function brokenRules(github: Github, repository: Repository, change: BranchChange): string[] {
  return applicableRulesets(github, repository, change.branch)
    .filter((ruleset) => !mayBypass(github, ruleset, change))
    .flatMap((ruleset) => ruleset.rules)
    .flatMap((rule) => violation(github, repository, rule, change) ?? []);
}

/** GitHub's message with a sentence for every rule that a change would break; undefined when none is. */
export function ruleViolations(github: Github, repository: Repository, change: BranchChange): string | undefined {
  const sentences = brokenRules(github, repository, change);
  if (sentences.length === 0) return undefined;
  return ["Repository rule violations found", ...sentences].map((line) => `${line}\n\n`).join("");
}

/** Whether any ruleset is in force on a branch. */
export function isProtected(github: Github, repository: Repository, branch: Branch): boolean {
  return applicableRulesets(github, repository, branch.name).some((ruleset) => ruleset.rules.length > 0);
}

/** How a user may bypass a ruleset, by default the one to whom the account's token belongs. */
export function currentUserBypass(
  github: Github,
  ruleset: Ruleset,
  user: Account = github.identity.actor,
): "always" | "pull_requests_only" | "never" | "exempt" {
  const modes = ruleset.bypass_actors.filter((actor) => stands(github, actor, user)).map((actor) => actor.bypass_mode);
  if (modes.includes("exempt")) return "exempt";
  if (modes.includes("always")) return "always";
  return modes.length > 0 ? "pull_requests_only" : "never";
}

function mayBypass(github: Github, ruleset: Ruleset, change: BranchChange): boolean {
  const bypass = currentUserBypass(github, ruleset, change.by);
  return bypass === "pull_requests_only" ? change.mergedHead !== undefined : bypass !== "never";
}

/** The token's user owns the organization and so has the admin role (5) on its repositories; the other members have not. */
function stands(github: Github, actor: BypassActor, user: Account): boolean {
  if (actor.actor_type === "User") return actor.actor_id === user.id;
  if (user.id !== github.identity.actor.id) return false;
  if (actor.actor_type === "OrganizationAdmin") return true;
  return actor.actor_type === "RepositoryRole" && actor.actor_id === 5;
}

function applicableRulesets(github: Github, repository: Repository, branch: string): Ruleset[] {
  return github.data.rulesets.list(
    (ruleset) =>
      ruleset.repositoryId === repository.id &&
      ruleset.enforcement === "active" &&
      ruleset.target === "branch" &&
      targets(ruleset, repository, branch),
  );
}

function targets(ruleset: Ruleset, repository: Repository, branch: string): boolean {
  const refName = ruleset.conditions.ref_name;
  const matches = (pattern: string): boolean => {
    if (pattern === "~ALL") return true;
    if (pattern === "~DEFAULT_BRANCH") return branch === repository.defaultBranch;
    return refPattern(pattern).test(`refs/heads/${branch}`);
  };
  return (refName?.include ?? []).some(matches) && !(refName?.exclude ?? []).some(matches);
}

/** GitHub's fnmatch: `*` and `?` stop at a slash, a doubled star before a slash does not. */
function refPattern(pattern: string): RegExp {
  const source = pattern.split(/(\*\*\/|\*|\?)/).map((part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`);
}

function violation(github: Github, repository: Repository, rule: Rule, change: BranchChange): string | undefined {
  const { kind, mergedHead } = change;
  switch (rule.type) {
    case "creation":
      return kind === "create" ? "Cannot create ref due to creations being restricted." : undefined;
    case "deletion":
      return kind === "delete" ? "Cannot delete this branch" : undefined;
    case "update":
      return kind === "create" || kind === "delete" ? undefined : "Cannot update this protected ref.";
    case "non_fast_forward":
      return kind === "force-update" ? "Cannot force-push to this branch" : undefined;
    case "pull_request": {
      if (kind === "create" || kind === "delete") return undefined;
      if (mergedHead === undefined) return "Changes must be made through a pull request.";
      const count = rule.parameters.required_approving_review_count;
      if ((change.approvals ?? 0) >= count) return undefined;
      return `At least ${count} approving review${count === 1 ? " is" : "s are"} required by reviewers with write access.`;
    }
    case "required_status_checks": {
      if (kind === "delete" || (kind === "create" && rule.parameters.do_not_enforce_on_create)) return undefined;
      return checksViolation(github, repository, rule.parameters.required_status_checks, mergedHead);
    }
    default:
      return undefined;
  }
}

/** A commit made through the API is new, so that none of its checks has run. */
function checksViolation(
  github: Github,
  repository: Repository,
  checks: readonly { readonly context: string }[],
  head: string | undefined,
): string | undefined {
  const states = checks.map(({ context }) => (head ? latestState(github, repository, head, context) : undefined));
  const expected = states.filter((state) => state === undefined || state === "pending").length;
  const failing = states.filter((state) => state === "error" || state === "failure").length;
  if (expected + failing === 0) return undefined;
  const [only] = checks;
  if (checks.length === 1 && only) {
    return failing > 0
      ? `Required status check "${only.context}" is failing.`
      : `Required status check "${only.context}" is expected.`;
  }
  const of = `of ${checks.length} required status checks`;
  const parts = [
    ...(failing > 0 ? [`${failing} ${of} ${failing === 1 ? "is" : "are"} failing`] : []),
    ...(expected > 0 ? [`${expected} ${of} ${expected === 1 ? "is" : "are"} expected`] : []),
  ];
  return `${parts.join(" and ")}.`;
}

function latestState(
  github: Github,
  repository: Repository,
  sha: string,
  context: string,
): CommitStatus["state"] | undefined {
  return github.data.statuses
    .list((status) => status.repositoryId === repository.id && status.sha === sha && status.context === context)
    .at(-1)?.state;
}
