/** What the pipeline's file goes by besides the configuration: the application's files and the address of Sentry. */
import { dockerfileText } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import { pipelineSentryAddress } from "../../pipeline/delivery-job.ts";
import { applicationFacts } from "../application/facts.ts";
import { readApplicationFiles } from "../application/files.ts";
import { applicationPlace } from "../application/place.ts";
import { pythonOf } from "../application/python-version.ts";
import type { Configuration } from "../config.ts";

/** Reads it. */
export function pipelineSurroundings(configuration: Configuration, environment: NodeJS.ProcessEnv) {
  return {
    ...applicationPlace(configuration),
    facts: applicationFacts(
      readApplicationFiles(inProject(configuration.application.path)),
      configuration.application.settingsModule,
    ),
    python: pythonOf(dockerfileText(configuration) ?? "", configuration.image?.buildArguments),
    sentryAddress: pipelineSentryAddress(environment),
  };
}
