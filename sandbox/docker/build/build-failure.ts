/** Failures of builds and pushes in words for people, with the facts that the tools print. */
import { type CommandFailure, lastLines } from "../system/command.ts";
import { registryOf } from "./login.ts";
import type { RegistryLogin } from "./request.ts";

/** Lines of the failing step that are shown. */
const LOG_LINES = 10;

/** Why a build failed: the step and its last lines, the base image, or the line of the Dockerfile. */
export function buildFailure(failure: CommandFailure): Error {
  const { output } = failure;
  const step = failedStep(output);
  if (step) {
    return message(
      `The image could not be built: the step ${step.name} ended with exit code ${step.exitCode}.`,
      step.log,
      `failed to solve: process "${step.process}" did not complete successfully: exit code: ${step.exitCode}`,
    );
  }
  const base = missingBaseImage(output);
  if (base) {
    return message(
      `The image could not be built: its base image ${base} was not found or is out of reach.`,
      lastLines(output, 1),
      "Check the image's name in the Dockerfile's FROM line, and that its registry can be reached from this machine.",
    );
  }
  if (/dockerfile parse error|unknown instruction/i.test(output)) {
    return message("The Dockerfile could not be read.", lastLines(output, 2));
  }
  if (cannotConnect(output)) return noEngine(output);
  return message("The image could not be built.", lastLines(output, LOG_LINES));
}

/** Why a push failed: the login, the registry, or the engine. */
export function pushFailure(failure: CommandFailure, tag: string, logins: readonly RegistryLogin[]): Error {
  const { output } = failure;
  const registry = registryOf(tag);
  const login = logins.find(({ address }) => address === registry);
  if (/unauthorized|no basic auth|denied|authentication required|\b401\b/i.test(output)) {
    const who = login ? `the login of user "${login.username}"` : "a push without a login";
    return message(
      `failed to push ${tag}: the registry ${registry} refused ${who}: 401 Unauthorized.`,
      [],
      "Check the registry's user name and password in the configuration.",
    );
  }
  if (cannotConnect(output)) return noEngine(output);
  return message(`failed to push ${tag}.`, lastLines(output, 4), `Check that the registry ${registry} is running.`);
}

interface FailedStep {
  readonly name: string;
  readonly process: string;
  readonly exitCode: string;
  readonly log: readonly string[];
}

/** Reads what BuildKit (older and newer) or buildah prints about a command that failed. */
function failedStep(output: string): FailedStep | undefined {
  const newer = /process "(.+?)" did not complete successfully: exit code: (\d+)/.exec(output);
  const older = /executor failed running \[(.+?)\]: exit code: (\d+)/.exec(output);
  const found = newer ?? older;
  if (found) {
    const [, process = "", exitCode = ""] = found;
    const [, name = process, log = ""] = /^ > (\[.+?)\n([\s\S]*?)^-{6}$/m.exec(output) ?? [];
    return {
      name: name.trim().replace(/:$/, ""),
      process,
      exitCode,
      log: lastLines(withoutStepPrefix(log), LOG_LINES),
    };
  }
  const buildah = /while running runtime: exit status (\d+)|building at STEP "(?:RUN )?(.+)": .*exit status (\d+)/;
  const failed = buildah.exec(output);
  if (!failed) return undefined;
  const [name = ""] = output.match(/^STEP \d+\/\d+: .+$/gm)?.slice(-1) ?? [];
  const log = output.slice(output.lastIndexOf(name) + name.length);
  return {
    name: name.replace(/^STEP (\d+\/\d+): /, "[$1] "),
    process: `/bin/sh -c ${name.replace(/^.*?RUN /, "")}`,
    exitCode: failed[1] ?? failed[3] ?? "",
    log: lastLines(log, LOG_LINES),
  };
}

/** BuildKit starts each line of a step's log with the step's number and the time. */
function withoutStepPrefix(log: string): string {
  return log.replace(/^#\d+ \d+\.\d+ /gm, "");
}

function missingBaseImage(output: string): string | undefined {
  const patterns = [
    /failed to resolve source metadata for (\S+?): /,
    /failed to create LLB definition: (\S+?\/\S+?:[\w.-]+): /,
    /failed to do request: Head "?https?:\/\/[^/]+\/v2\/(\S+?)\/manifests\//,
    /creating build container: .*?(?:initializing source|docker:\/\/)\s*(\S+?): /,
  ];
  for (const pattern of patterns) {
    const image = pattern.exec(output)?.[1];
    if (image) return image.replace(/^docker:\/\//, "").replace(/^docker\.io\/(library\/)?/, "");
  }
  return undefined;
}

function cannotConnect(output: string): boolean {
  return /cannot connect to the docker daemon|error during connect/i.test(output);
}

function noEngine(output: string): Error {
  return message("The container engine does not answer.", lastLines(output, 1), "Is the sandbox still running?");
}

function message(what: string, details: readonly string[], next?: string): Error {
  return new Error([what, ...details.map((line) => `  ${line}`), ...(next ? [next] : [])].join("\n"));
}
