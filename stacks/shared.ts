/** What exists once per application. */
import { firstDockerfile } from "../infra/application/build-arguments.ts";
import { applicationPlace } from "../infra/application/place.ts";
import type { Configuration } from "../infra/config.ts";
import type { PipelineFile } from "../infra/shared/circleci-config-yml.ts";
import { CiProject } from "../infra/shared/circleci-project.ts";
import { SourceRepository } from "../infra/shared/github-repository.ts";
import { HostingProject } from "../infra/shared/render-project.ts";
import { ErrorProject } from "../infra/shared/sentry-project.ts";
import type { Shared } from "../infra/shared-parts.ts";

/** Declares the shared parts that are on, with the file of the pipeline if that is one of them. */
export function declareShared(configuration: Configuration, file: PipelineFile | undefined): Shared {
  const { application, image, protect, site } = configuration;
  // What holds data, or what it runs on, is also kept when it leaves the state; the rest can be made again.
  const kept = { protect, retainOnDelete: protect };
  const settings = configuration.repository;
  const dockerfile = settings && settings.dockerfile !== "off" ? firstDockerfile(configuration) : undefined;

  const source = {
    pipeline: file,
    branch: configuration.pipeline?.branch ?? "main",
    dockerfile,
    folder: applicationPlace(configuration).workingDirectory,
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
