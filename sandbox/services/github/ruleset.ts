/** A repository ruleset: what a request may carry and what is stored. */
import { z } from "zod";

const pattern = z.object({
  name: z.string().optional(),
  negate: z.boolean().optional(),
  operator: z.enum(["starts_with", "ends_with", "contains", "regex"]),
  pattern: z.string(),
});

const plain = <T extends string>(type: T) => z.object({ type: z.literal(type) });
const withParameters = <T extends string, P extends z.ZodType>(type: T, parameters: P) =>
  z.object({ type: z.literal(type), parameters });

const pullRequest = z.object({
  allowed_merge_methods: z.array(z.enum(["merge", "squash", "rebase"])).optional(),
  dismiss_stale_reviews_on_push: z.boolean(),
  require_code_owner_review: z.boolean(),
  require_last_push_approval: z.boolean(),
  required_approving_review_count: z.int().min(0).max(10),
  required_review_thread_resolution: z.boolean(),
});

const requiredStatusChecks = z.object({
  do_not_enforce_on_create: z.boolean().optional(),
  required_status_checks: z.array(z.object({ context: z.string().default(""), integration_id: z.int().optional() })),
  strict_required_status_checks_policy: z.boolean(),
});

const mergeQueue = z.object({
  check_response_timeout_minutes: z.int().min(1).max(360),
  grouping_strategy: z.enum(["ALLGREEN", "HEADGREEN"]),
  max_entries_to_build: z.int().min(0).max(100),
  max_entries_to_merge: z.int().min(0).max(100),
  merge_method: z.enum(["MERGE", "SQUASH", "REBASE"]),
  min_entries_to_merge: z.int().min(0).max(100),
  min_entries_to_merge_wait_minutes: z.int().min(0).max(360),
});

const rule = z.discriminatedUnion("type", [
  plain("creation"),
  withParameters("update", z.object({ update_allows_fetch_and_merge: z.boolean() })).partial({ parameters: true }),
  plain("deletion"),
  plain("required_linear_history"),
  plain("required_signatures"),
  plain("non_fast_forward"),
  withParameters("pull_request", pullRequest),
  withParameters("required_status_checks", requiredStatusChecks),
  withParameters("required_deployments", z.object({ required_deployment_environments: z.array(z.string()) })),
  withParameters("merge_queue", mergeQueue),
  withParameters("commit_message_pattern", pattern),
  withParameters("commit_author_email_pattern", pattern),
  withParameters("committer_email_pattern", pattern),
  withParameters("branch_name_pattern", pattern),
  withParameters("tag_name_pattern", pattern),
]);

const bypassActor = z.object({
  actor_id: z.int().nullable().optional(),
  actor_type: z.enum(["Integration", "OrganizationAdmin", "RepositoryRole", "Team", "DeployKey", "User"]),
  bypass_mode: z.enum(["always", "pull_request", "exempt"]).default("always"),
});

const conditions = z.object({
  ref_name: z.object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) }).optional(),
});

const enforcement = z.enum(["disabled", "active", "evaluate"]);
const target = z.enum(["branch", "tag", "push"]);

/** POST .../rulesets. */
export const createRulesetBody = z.object({
  name: z.string().min(1),
  target: target.default("branch"),
  enforcement,
  bypass_actors: z.array(bypassActor).default([]),
  conditions: conditions.default({}),
  rules: z.array(rule).default([]),
});

/** PUT .../rulesets/{id}: what is left out stays. */
export const updateRulesetBody = z
  .object({
    name: z.string().min(1),
    target,
    enforcement,
    bypass_actors: z.array(bypassActor),
    conditions,
    rules: z.array(rule),
  })
  .partial();

export type RulesetContent = z.output<typeof createRulesetBody>;
export type Rule = z.output<typeof rule>;
export type BypassActor = z.output<typeof bypassActor>;

/** A stored ruleset. */
export interface Ruleset extends RulesetContent {
  readonly id: number;
  readonly repositoryId: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
