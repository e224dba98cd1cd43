/** The configuration of a run that goes on; of one that ends, everything there is to do. */
import { getStack } from "@pulumi/pulumi";
import { configurationError } from "../lib/configuration-error.ts";
import { warnOfApplication } from "./application/warnings.ts";
import type { Configuration } from "./config.ts";
import { imageFindings, logFindings } from "./environment/context-findings.ts";
import { checkConfiguration } from "./load-configuration.ts";
import type { Shared } from "./shared-parts.ts";

/**
 * Reads and checks the configuration, and warns of what will mostly not work. Where a problem ends the run, what the build
 * would have told of the application's files is told, too: whoever fixes the one fixes the other in the same round.
 * @throws RunError with every problem at once.
 */
export async function acceptedConfiguration(
  environment: NodeJS.ProcessEnv,
  shared: Shared<string> | undefined,
): Promise<Configuration> {
  const { configuration, problems } = checkConfiguration(environment, shared);
  if (configuration) warnOfApplication(configuration);
  if (configuration && problems.length === 0) return configuration;
  // What cannot be read is a problem of the build, which this run does not come to.
  const findings = configuration && (await imageFindings(configuration).catch(() => undefined));
  if (findings) logFindings(findings);
  throw configurationError(getStack(), problems);
}
