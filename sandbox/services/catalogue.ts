/** The emulated services, built and joined to each other. */
import { circleciService } from "./circleci/index.ts";
import type { JobRunner } from "./circleci/pipelines/job-runner.ts";
import type { Alarm } from "./core/alarm.ts";
import type { Caches } from "./core/caches.ts";
import type { Databases } from "./core/databases.ts";
import type { ContainerRunner, EmulatedService, ServiceContext, ServiceName } from "./core/service.ts";
import { repositoryDirectory } from "./github/directory.ts";
import type { PushListener } from "./github/github.ts";
import { githubService } from "./github/index.ts";
import { pipelineSource } from "./github/pipeline-source.ts";
import { renderService } from "./render/index.ts";
import { sentryService } from "./sentry/index.ts";

/** What the services need beside their contexts. */
export interface CatalogueOptions {
  readonly runner: ContainerRunner;
  /** What runs emulated Render's databases; without it they are only described. */
  readonly databases?: Databases | undefined;
  /** What runs its key value stores; without it they are only described. */
  readonly caches?: Caches | undefined;
  /** How long emulated Render watches a new worker. */
  readonly steadyMs?: number | undefined;
  /** What wakes its cron jobs. */
  readonly alarm?: Alarm | undefined;
  /** CircleCI knows only the repositories that the emulated GitHub has; otherwise any name is one. */
  readonly linked: boolean;
  /** Folder of GitHub's bare repositories; without it one that is removed at the end. */
  readonly gitFolder?: string | undefined;
  /** What runs the jobs of CircleCI's pipelines; without it none runs. */
  readonly jobRunner?: JobRunner | undefined;
}

/** Builds every service on its context. */
export function createServices(
  contexts: Readonly<Record<ServiceName, ServiceContext>>,
  options: CatalogueOptions,
): EmulatedService[] {
  const source = pipelineSource(contexts.github);
  const circleci = circleciService(
    contexts.circleci,
    options.linked ? { ...repositoryDirectory(contexts.github), source, jobRunner: options.jobRunner } : {},
  );
  const onPush: PushListener = ({ owner, name }, moved) => circleci.pushed(`${owner}/${name}`, moved);
  return [
    githubService(contexts.github, { gitFolder: options.gitFolder, onPush }),
    circleci,
    sentryService(contexts.sentry),
    renderService(contexts.render, options),
  ];
}
