/** The rules, in the order in which docs/policy.md lists them. */
import type { Rule } from "../kit/rule.ts";
import { allowedPlan } from "./allowed-plan.ts";
import { allowedRegion } from "./allowed-region.ts";
import { ciReportsStatus } from "./ci-reports-status.ts";
import { closedDatabase } from "./closed-database.ts";
import { databaseStandby } from "./database-standby.ts";
import { forksGetNoSecrets } from "./forks-get-no-secrets.ts";
import { healthCheck } from "./health-check.ts";
import { immutableImageTag } from "./immutable-image-tag.ts";
import { noPlainCredential } from "./no-plain-credential.ts";
import { noPlainSecret } from "./no-plain-secret.ts";
import { protectedData } from "./protected-data.ts";
import { publicVisibility } from "./public-visibility.ts";
import { pullRequestReviews } from "./pull-request-reviews.ts";
import { requiredChecks } from "./required-checks.ts";
import { restrictedContext } from "./restricted-context.ts";

export const rules: readonly Rule[] = [
  immutableImageTag,
  protectedData,
  pullRequestReviews,
  requiredChecks,
  healthCheck,
  noPlainCredential,
  noPlainSecret,
  forksGetNoSecrets,
  ciReportsStatus,
  restrictedContext,
  publicVisibility,
  closedDatabase,
  databaseStandby,
  allowedPlan,
  allowedRegion,
];
