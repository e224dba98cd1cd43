/** What exists once per application. */
import { readFileSync } from "node:fs";
import type { Configuration } from "../infra/config.ts";
import { inProject } from "../infra/paths.ts";
import { type PipelineFile, pipelineFile } from "../infra/shared/circleci-config-yml.ts";
import { CiProject } from "../infra/shared/circleci-project.ts";
import { SourceRepository } from "../infra/shared/github-repository.ts";
import { HostingProject } from "../infra/shared/render-project.ts";
import { ErrorProject } from "../infra/shared/sentry-project.ts";

/** The shared parts; a part that is `off` is undefined. */
export interface Shared {
  readonly repository: SourceRepository | undefined;
  readonly pipelineFile: PipelineFile | undefined;
  readonly pipeline: CiProject | undefined;
  readonly errors: ErrorProject | undefined;
  readonly hosting: HostingProject | undefined;
}

/** Declares the shared parts that are on. */
export function declareShared(configuration: Configuration): Shared {
  const { application, image, site, protect } = configuration;
  const kept = { protect, retainOnDelete: protect };
  const settings = configuration.pipeline;
  const pipeline = settings && pipelineFile(settings, configuration.errors !== undefined);
  const dockerfile = readFileSync(inProject("Dockerfile"), "utf8");

  const repository =
    configuration.repository &&
    new SourceRepository("repository", { settings: configuration.repository, pipeline, dockerfile }, kept);
  const repositoryName = repository?.repositoryName ?? application.name;
  // CircleCI builds at once what it follows, so the pipeline's file is there first.
  const follows = repository ? { dependsOn: [repository] } : {};
  return {
    repository,
    pipelineFile: pipeline,
    pipeline: settings && new CiProject("pipeline", { organization: settings.organization, repositoryName }, follows),
    errors: configuration.errors && new ErrorProject("errors", configuration.errors, kept),
    hosting:
      site && image && new HostingProject("hosting", { application: application.name, ownerId: site.ownerId, image }),
  };
}
