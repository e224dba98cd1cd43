/** What exists once per application. */
import { readFileSync } from "node:fs";
import type { Configuration } from "../infra/config.ts";
import { inProject } from "../infra/paths.ts";
import { pipelineFile } from "../infra/shared/circleci-config-yml.ts";
import { CiProject } from "../infra/shared/circleci-project.ts";
import { SourceRepository } from "../infra/shared/github-repository.ts";
import { HostingProject } from "../infra/shared/render-project.ts";
import { ErrorProject } from "../infra/shared/sentry-project.ts";

/** The shared parts; a part that is `off` is undefined. */
export type Shared = ReturnType<typeof declareShared>;

/** Declares the shared parts that are on. */
export function declareShared(configuration: Configuration) {
  const { application, errors, image, protect, site } = configuration;
  const kept = { protect, retainOnDelete: protect };
  const file = configuration.pipeline && pipelineFile(configuration.pipeline, errors !== undefined);
  const dockerfile = readFileSync(inProject("Dockerfile"), "utf8");

  const repository =
    configuration.repository &&
    new SourceRepository("repository", { settings: configuration.repository, pipeline: file, dockerfile }, kept);
  const repositoryName = repository?.repositoryName ?? application.name;
  // CircleCI builds at once what it follows, so the pipeline's file is there first.
  const follow = { dependsOn: repository ? [repository] : [] };
  const pipeline =
    configuration.pipeline && new CiProject("pipeline", { ...configuration.pipeline, repositoryName }, follow);
  const hosting =
    site && image && new HostingProject("hosting", { application: application.name, ownerId: site.ownerId, image });
  return {
    repository,
    pipeline,
    pipelineFile: file,
    hosting,
    errors: errors && new ErrorProject("errors", errors, kept),
  };
}
