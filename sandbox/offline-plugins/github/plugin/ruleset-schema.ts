/** Inputs and outputs of github.RepositoryRuleset, as the SDK of the vendor's plugin declares them. */
import { z } from "zod";

const flag = z.boolean().optional();
const pattern = z
  .object({ name: z.string().optional(), negate: flag, operator: z.string(), pattern: z.string() })
  .optional();

const pullRequest = z.object({
  allowedMergeMethods: z.array(z.enum(["merge", "squash", "rebase"])).optional(),
  dismissStaleReviewsOnPush: flag,
  requireCodeOwnerReview: flag,
  requireLastPushApproval: flag,
  requiredApprovingReviewCount: z.number().optional(),
  requiredReviewThreadResolution: flag,
  requiredReviewers: z
    .array(
      z.object({
        filePatterns: z.array(z.string()),
        minimumApprovals: z.number(),
        reviewer: z.object({ id: z.number(), type: z.string() }),
      }),
    )
    .optional(),
});

const requiredStatusChecks = z.object({
  doNotEnforceOnCreate: flag,
  requiredChecks: z.array(z.object({ context: z.string(), integrationId: z.number().optional() })).min(1),
  strictRequiredStatusChecksPolicy: flag,
});

const rules = z.object({
  creation: flag,
  update: flag,
  updateAllowsFetchAndMerge: flag,
  deletion: flag,
  requiredLinearHistory: flag,
  requiredSignatures: flag,
  nonFastForward: flag,
  requiredDeployments: z.object({ requiredDeploymentEnvironments: z.array(z.string()) }).optional(),
  pullRequest: pullRequest.optional(),
  requiredStatusChecks: requiredStatusChecks.optional(),
  commitMessagePattern: pattern,
  commitAuthorEmailPattern: pattern,
  committerEmailPattern: pattern,
  branchNamePattern: pattern,
  tagNamePattern: pattern,
});

export const rulesetInputs = z.object({
  name: z.string().min(1).max(100),
  repository: z.string(),
  target: z.enum(["branch", "tag", "push"]),
  enforcement: z.enum(["disabled", "active", "evaluate"]),
  bypassActors: z
    .array(
      z.object({
        actorId: z.number().optional(),
        actorType: z.enum([
          "RepositoryRole",
          "Team",
          "Integration",
          "OrganizationAdmin",
          "DeployKey",
          "EnterpriseOwner",
          "User",
        ]),
        bypassMode: z.enum(["always", "pull_request", "exempt"]),
      }),
    )
    .optional(),
  conditions: z
    .object({ refName: z.object({ includes: z.array(z.string()), excludes: z.array(z.string()) }) })
    .optional(),
  rules,
});

export const rulesetOutputs = rulesetInputs.extend({
  etag: z.string(),
  nodeId: z.string(),
  rulesetId: z.number(),
});

export type RulesetInputs = z.output<typeof rulesetInputs>;
export type RulesetOutputs = z.output<typeof rulesetOutputs>;
export type Rules = RulesetInputs["rules"];
