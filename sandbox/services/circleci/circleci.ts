/** Emulated CircleCI's memory and surroundings, as its routes use them. */
import type { Collection, ServiceContext } from "../core/service.ts";
import { accountOrganizations } from "./identity.ts";
import type {
  CheckoutKey,
  Context,
  ContextRestriction,
  ContextVariable,
  Organization,
  PipelineDefinition,
  Project,
  ProjectVariable,
  Trigger,
  Webhook,
} from "./model.ts";
import type { JobRunner } from "./pipelines/job-runner.ts";
import type { Job, Pipeline, StepOutput, Workflow } from "./pipelines/model.ts";
import type { PipelineSource } from "./pipelines/source.ts";

/** Links to the emulated GitHub. Without them every repository exists. */
export interface CircleciExtras {
  /** Whether a repository can be followed. */
  readonly repositoryExists?: (owner: string, name: string) => boolean;
  /** GitHub's numeric id of a repository. */
  readonly repositoryId?: (owner: string, name: string) => string | undefined;
  /** `owner/name` of a repository by GitHub's numeric id, as the App names it. */
  readonly repositoryName?: (externalId: string) => string | undefined;
  /** Where pipelines come from; without it none runs. */
  readonly source?: PipelineSource;
  /** What runs their jobs; without it none runs. */
  readonly jobRunner?: JobRunner | undefined;
}

/** Collections of the service, one kind each. */
export interface Circleci extends ServiceContext {
  readonly extras: CircleciExtras;
  readonly organizations: readonly Organization[];
  readonly projects: Collection<Project>;
  readonly projectVariables: Collection<ProjectVariable>;
  readonly checkoutKeys: Collection<CheckoutKey>;
  readonly contexts: Collection<Context>;
  readonly contextVariables: Collection<ContextVariable>;
  readonly contextRestrictions: Collection<ContextRestriction>;
  readonly webhooks: Collection<Webhook>;
  readonly pipelineDefinitions: Collection<PipelineDefinition>;
  readonly triggers: Collection<Trigger>;
  readonly pipelines: Collection<Pipeline>;
  readonly workflows: Collection<Workflow>;
  readonly jobs: Collection<Job>;
  readonly stepOutputs: Collection<StepOutput>;
  readonly source: PipelineSource | undefined;
}

/** Opens the collections in the sandbox's store. */
export function openCircleci(context: ServiceContext, extras: CircleciExtras): Circleci {
  const { store } = context;
  const { owner, limits = {} } = context.account;
  return {
    ...context,
    extras,
    // The GitHub organization is there once somebody has let CircleCI into it.
    organizations: accountOrganizations(owner).filter(
      ({ kind }) => kind === "app" || limits.circleciAuthorized !== false,
    ),
    projects: store.collection("project"),
    projectVariables: store.collection("project-variable"),
    checkoutKeys: store.collection("checkout-key"),
    contexts: store.collection("context"),
    contextVariables: store.collection("context-variable"),
    contextRestrictions: store.collection("context-restriction"),
    webhooks: store.collection("webhook"),
    pipelineDefinitions: store.collection("pipeline-definition"),
    triggers: store.collection("trigger"),
    pipelines: store.collection("pipeline"),
    workflows: store.collection("workflow"),
    jobs: store.collection("job"),
    stepOutputs: store.collection("step-output"),
    source: extras.source,
  };
}
