/** Every check, in the order of the table. */
import type { Check } from "../check.ts";
import { application, imageFiles } from "./application.ts";
import { builder } from "./builder.ts";
import { circleciAdministrator, circleciContexts } from "./circleci-contexts.ts";
import { circleciContext, circleciProject } from "./circleci-names.ts";
import { circleciOrganization } from "./circleci-organization.ts";
import { circleciToken } from "./circleci-token.ts";
import { configuration, secrets } from "./configuration.ts";
import { dockerHubRepository, dockerHubWebhooks } from "./docker-hub.ts";
import { engine, node } from "./engine.ts";
import { githubBranch, githubRulesets } from "./github-branch.ts";
import { githubHooks } from "./github-hooks.ts";
import { githubNames } from "./github-names.ts";
import { githubOwner } from "./github-owner.ts";
import { githubPermissions } from "./github-permissions.ts";
import { githubPlan } from "./github-plan.ts";
import { githubRate } from "./github-rate.ts";
import { githubToken } from "./github-token.ts";
import { plugins } from "./plugins.ts";
import { registryLogin, registryPush, registryTag } from "./registry-login.ts";
import { registryPull } from "./registry-pull.ts";
import { renderCache } from "./render-cache.ts";
import { renderDatabase } from "./render-database.ts";
import { renderDeploys } from "./render-deploys.ts";
import { renderDomains } from "./render-domains.ts";
import { renderNames } from "./render-names.ts";
import { renderPlan } from "./render-plan.ts";
import { renderRate } from "./render-rate.ts";
import { renderToken } from "./render-token.ts";
import { renderWorkspace } from "./render-workspace.ts";
import { sentryNames } from "./sentry-names.ts";
import { sentryOrganization, sentryPermissions } from "./sentry-organization.ts";
import { sentryPlan } from "./sentry-plan.ts";
import { sentryToken } from "./sentry-token.ts";
import { pendingOperations, stack } from "./stack.ts";

export const checks: readonly Check[] = [
  engine,
  node,
  plugins,
  stack,
  pendingOperations,
  secrets,
  configuration,
  application,
  imageFiles,
  builder,
  githubToken,
  githubOwner,
  githubPermissions,
  githubPlan,
  githubRate,
  githubNames,
  githubBranch,
  githubRulesets,
  githubHooks,
  circleciToken,
  circleciOrganization,
  circleciContexts,
  circleciAdministrator,
  circleciProject,
  circleciContext,
  sentryToken,
  sentryOrganization,
  sentryPermissions,
  sentryPlan,
  sentryNames,
  renderToken,
  renderWorkspace,
  renderPlan,
  renderRate,
  renderNames,
  renderDatabase,
  renderCache,
  renderDomains,
  renderDeploys,
  registryLogin,
  registryPush,
  registryTag,
  registryPull,
  dockerHubRepository,
  dockerHubWebhooks,
];
