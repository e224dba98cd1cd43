/** What exists once per application. */
import { firstDockerfile } from "../infra/application/build-arguments.ts";
import type { Configuration } from "../infra/config.ts";
import { pipelineFile } from "../infra/shared/circleci-config-yml.ts";
import { CiProject } from "../infra/shared/circleci-project.ts";
import { SourceRepository } from "../infra/shared/github-repository.ts";
import { pipelineSurroundings } from "../infra/shared/pipeline-surroundings.ts";
import { HostingProject } from "../infra/shared/render-project.ts";
import { ErrorProject } from "../infra/shared/sentry-project.ts";
import type { Shared } from "../infra/shared-parts.ts";

/** Declares the shared parts that are on. */
export function declareShared(configuration: Configuration): Shared {
  const { application, image, protect, site } = configuration;
  // What holds data, or what it runs on, is also kept when it leaves the state; the rest can be made again.
  const kept = { protect, retainOnDelete: protect };
  const settings = configuration.repository;
  const surroundings = pipelineSurroundings(configuration, process.env);
  const file = configuration.pipeline && pipelineFile(configuration.pipeline, configuration, surroundings);
  const dockerfile = settings && settings.dockerfile !== "off" ? firstDockerfile(configuration) : undefined;

  const source = {
    pipeline: file,
    branch: configuration.pipeline?.branch ?? "main",
    dockerfile,
    folder: surroundings.workingDirectory,
  };
  const repository = settings && new SourceRepository("repository", { settings, ...source }, kept);
  const repositoryName = repository?.repositoryName ?? application.name;
  // CircleCI builds at once what it follows, so the pipeline's file is there first.
  const follow = { protect, dependsOn: repository ? [repository] : [] };
  const organization = configuration.pipeline?.organization;
  const pipeline = organization ? new CiProject("pipeline", { organization, repositoryName }, follow) : undefined;
  const errors = configuration.errors && new ErrorProject("errors", configuration.errors, kept);
  const { ownerId, project } = site ?? {};
  const hosting =
    ownerId && project && image
      ? new HostingProject("hosting", { application: application.name, ownerId, project, image }, kept)
      : undefined;
  return { repository, pipeline, errors, hosting };
}
