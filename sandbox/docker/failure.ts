/** Failures of builds, pushes, pulls and starts in words for people, with the facts that the tools print. */

import { registryOf } from "../../providers/kit/image-reference.ts";
import { UnavailableImage } from "../services/core/unavailable-image.ts";
import { buildahStep, buildkitStep, type FailedStep } from "./build/failed-step.ts";
import type { RegistryLogin } from "./build/request.ts";
import { type CommandFailure, lastLines } from "./system/command.ts";

/** Why a build failed: the base image, the step with its last lines, the Dockerfile, or the engine. */
export function buildFailure({ output }: CommandFailure): Error {
  const base = missingBaseImage(output);
  if (base) {
    return message(
      `The image could not be built: its base image ${base} was not found or is out of reach.`,
      lastLines(output, 1),
      "Check the name in the Dockerfile's FROM line, and that its registry can be reached from this machine.",
    );
  }
  if (/parse error|unknown instruction/i.test(output)) {
    return message("The Dockerfile could not be read.", lastLines(output, 1), "Correct this line and build again.");
  }
  const step = buildkitStep(output) ?? buildahStep(output);
  if (step?.exitCode !== undefined) return failedCommand(step, step.exitCode);
  if (step) return message(`The image could not be built: the step ${step.name} failed.`, [...step.log, step.error]);
  if (cannotConnect(output)) return noEngine(output);
  return message("The image could not be built.", lastLines(output));
}

/** Why a push failed: the login, the registry, or the engine. */
export function pushFailure({ output }: CommandFailure, tag: string, logins: readonly RegistryLogin[]): Error {
  const registry = registryOf(tag);
  const login = logins.find(({ address }) => address === registry);
  if (isRefused(output)) {
    return message(
      `failed to push ${tag}: the registry ${registry} refused ${whose(login?.username)}: 401 Unauthorized.`,
      [],
      "Check the registry's user name and password in the configuration.",
    );
  }
  if (cannotConnect(output)) return noEngine(output);
  return message(`failed to push ${tag}.`, lastLines(output, 4), `Check that the registry ${registry} is running.`);
}

/** Why an image could not be pulled: its name, the login, or the registry. */
export function pullFailure({ output }: CommandFailure, image: string, username: string | undefined): UnavailableImage {
  const registry = registryOf(image);
  if (/manifest unknown|not found|name unknown|repository does not exist/i.test(output)) {
    return new UnavailableImage(`The image ${image} does not exist in the registry ${registry}.`);
  }
  if (isRefused(output)) {
    const refused = `The registry ${registry} refused ${whose(username)} for the image ${image}: 401 Unauthorized.`;
    return new UnavailableImage(refused);
  }
  return new UnavailableImage(message(`The image ${image} could not be pulled.`, lastLines(output, 3)).message);
}

/** Why a container of an image that is there did not start. */
export function startFailure({ output }: CommandFailure, image: string): Error {
  return message(`A container of the image ${image} could not be started.`, lastLines(output, 3));
}

/** Ends with the sentence that BuildKit ends with, so that those who search for it find it. */
function failedCommand(step: FailedStep, exitCode: string): Error {
  const command = /executor failed running \[(.+)\]: |process "(.+)" did not complete/.exec(step.error);
  const process = command?.[1] ?? command?.[2] ?? `/bin/sh -c ${step.name.replace(/^.*?RUN /, "")}`;
  return message(
    `The image could not be built: the step ${step.name} ended with exit code ${exitCode}.`,
    step.log,
    `failed to solve: process "${process}" did not complete successfully: exit code: ${exitCode}`,
  );
}

/** BuildKit asks for the base image's metadata in a step of its own; buildah creates a container from it. */
function missingBaseImage(output: string): string | undefined {
  const ofBuildkit = /\[internal\] load metadata for (\S+)/.exec(buildkitStep(output)?.name ?? "");
  const ofBuildah = /creating build container: .*?docker:\/\/(\S+?): /.exec(output);
  return (ofBuildkit ?? ofBuildah)?.[1]?.replace(/^docker\.io\/(?:library\/)?/, "");
}

function isRefused(output: string): boolean {
  return /unauthorized|no basic auth|denied|authentication required|\b401\b/i.test(output);
}

function whose(username: string | undefined): string {
  return username ? `the login of user "${username}"` : "a request without a login";
}

function cannotConnect(output: string): boolean {
  return /cannot connect to the docker daemon|error during connect/i.test(output);
}

function noEngine(output: string): Error {
  return message("The container engine does not answer.", lastLines(output, 1), "Check that the sandbox is running.");
}

function message(what: string, details: readonly string[], next?: string): Error {
  return new Error([what, ...details.map((line) => `  ${line}`), ...(next ? [next] : [])].join("\n"));
}
