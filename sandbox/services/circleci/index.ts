/** Emulated CircleCI: API v2 and the parts of v1.1 that v2 lacks. */
import { Hono } from "hono";
import type { EmulatedService, ServiceContext } from "../core/service.ts";
import { requireToken } from "./authentication.ts";
import { checkoutKeyRoutes } from "./checkout-keys.ts";
import { type CircleciExtras, openCircleci } from "./circleci.ts";
import { contextRestrictionRoutes } from "./context-restrictions.ts";
import { contextVariableRoutes } from "./context-variables.ts";
import { contextRoutes } from "./contexts.ts";
import { circleciOverview } from "./overview.ts";
import { pipelineDefinitionRoutes } from "./pipeline-definitions.ts";
import { openPipelines } from "./pipelines/pipelines.ts";
import { pipelineRoutes } from "./pipelines/routes.ts";
import { projectVariableRoutes } from "./project-variables.ts";
import { projectRoutes } from "./projects.ts";
import { settingsRoutes } from "./settings.ts";
import { triggerRoutes } from "./triggers.ts";
import { userRoutes } from "./user.ts";
import { webhookRoutes } from "./webhooks.ts";

/** The service, which hears of GitHub's pushes. */
export interface CircleciService extends EmulatedService {
  /** A branch of the repository `owner/name` has moved. */
  pushed(repository: string, moved: { readonly branch: string; readonly sha: string }): void;
}

/** Builds the service on its context. `extras` may tell it which repositories GitHub has. */
export function circleciService(context: ServiceContext, extras: CircleciExtras = {}): CircleciService {
  const circleci = openCircleci(context, extras);
  const { source, jobRunner } = extras;
  const running = source && jobRunner ? openPipelines(circleci, source, jobRunner) : undefined;
  const app = new Hono();
  app.use("/api/*", requireToken(context.account.tokens.circleci));
  for (const addRoutes of [
    userRoutes,
    settingsRoutes,
    checkoutKeyRoutes,
    projectVariableRoutes,
    projectRoutes,
    contextRoutes,
    contextVariableRoutes,
    contextRestrictionRoutes,
    webhookRoutes,
    pipelineDefinitionRoutes,
    triggerRoutes,
  ]) {
    addRoutes(app, circleci);
  }
  pipelineRoutes(app, circleci, running);
  return {
    name: "circleci",
    app,
    state: () => ({
      projects: circleci.projects.list(({ followed }) => followed).length,
      projectVariables: circleci.projectVariables.list().length,
      checkoutKeys: circleci.checkoutKeys.list().length,
      contexts: circleci.contexts.list().length,
      contextVariables: circleci.contextVariables.list().length,
      contextRestrictions: circleci.contextRestrictions.list().length,
      webhooks: circleci.webhooks.list().length,
      pipelineDefinitions: circleci.pipelineDefinitions.list().length,
      triggers: circleci.triggers.list().length,
      pipelines: circleci.pipelines.list().length,
    }),
    overview: () => circleciOverview(circleci),
    close: async () => running?.close(),
    pushed: (repository, moved) => void running?.pushed(repository, moved),
  };
}
