/** Runs the jobs of CircleCI's pipelines on this machine, each in a folder of its own that is removed afterwards. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { JobRequest, JobRunner } from "../services/circleci/pipelines/job-runner.ts";
import type { Step } from "../services/circleci/pipelines/steps.ts";
import type { Databases } from "../services/core/databases.ts";
import { type JobFolder, makeJobFolder, makePython } from "./job-folder.ts";
import { provideServices, unknownServices } from "./services.ts";
import { runInShell } from "./step.ts";

/** Where jobs find things. */
export interface MachineRunnerOptions {
  /** Addresses of the emulated services, and what points Docker's program at the sandbox's engine. No token. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stand for the service containers. */
  readonly databases?: Databases | undefined;
  /** Folder in which pip keeps what it has downloaded. */
  readonly pipCache: string;
}

/** How the machine's tools reach the network; everything else of its environment stays out of jobs. */
const OF_MACHINE =
  /^(?:PIP_.*|https?_proxy|no_proxy|all_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|LANG|TZ)$/i;
const DOCKER = join(import.meta.dirname, "docker.ts");

/** The runner. */
export function machineRunner({ environment, databases, pipCache }: MachineRunnerOptions): JobRunner {
  return {
    environment,
    unknown: (images) => unknownServices(images, databases),
    async run(request) {
      const folder = await makeJobFolder(DOCKER);
      try {
        if (/\bpython\b/.test(request.images[0]?.image ?? "")) await makePython(folder);
        const variables = await provideServices(request.images, databases, request.environment);
        const env = { ...ofMachine(), PIP_CACHE_DIR: pipCache, ...variables, ...ofFolder(folder) };
        const start = join(folder.home, "project");
        const working = resolveHome(folder, request.workingDirectory, start);
        await mkdir(working, { recursive: true });
        return await runSteps(request, folder, { ...env, CIRCLE_WORKING_DIRECTORY: working }, working);
      } finally {
        await folder.remove();
      }
    },
  };
}

async function runSteps(
  request: JobRequest,
  folder: JobFolder,
  env: Readonly<Record<string, string>>,
  working: string,
): Promise<boolean> {
  for (const [index, step] of request.steps.entries()) {
    request.onStep(index);
    const code = await runStep(request, folder, env, working, step, (text) => request.onOutput(index, text));
    request.onStepEnd(index, code);
    if (code !== 0) return false;
    if (await folder.halted()) return true;
  }
  return true;
}

async function runStep(
  { checkout, signal }: JobRequest,
  folder: JobFolder,
  env: Readonly<Record<string, string>>,
  working: string,
  step: Step,
  onOutput: (text: string) => void,
): Promise<number> {
  if (step.kind === "nothing") {
    onOutput(`${step.explanation}\n`);
    return 0;
  }
  if (step.kind === "run") {
    const place = resolveHome(folder, step.workingDirectory, working);
    return runInShell({ command: step.command, folder: place, env: { ...env, ...step.environment }, signal, onOutput });
  }
  const place = resolveHome(folder, step.path, working);
  await mkdir(place, { recursive: true });
  // The address holds a token, so it is in a variable and no step sees it.
  const command = [
    "git init --quiet",
    'git remote add origin "$SANDBOX_ORIGIN"',
    "git fetch --quiet origin",
    'git checkout --quiet --force -B "$SANDBOX_BRANCH" "$SANDBOX_COMMIT"',
    "git log -1 --format='%h %s'",
  ].join("\n");
  const { url, sha, branch } = checkout;
  const own = { SANDBOX_ORIGIN: url, SANDBOX_COMMIT: sha, SANDBOX_BRANCH: branch, GIT_TERMINAL_PROMPT: "0" };
  return runInShell({ command, folder: place, env: { ...env, ...own }, signal, onOutput });
}

function ofMachine(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && OF_MACHINE.test(name) ? [[name, value]] : [],
    ),
  );
}

function ofFolder({ home, path, bashEnv }: JobFolder): Record<string, string> {
  return { HOME: home, PATH: path, BASH_ENV: bashEnv };
}

/** A folder as a file of CircleCI names it: from the home, from the working directory, or by its whole path. */
function resolveHome({ home }: JobFolder, path: string | undefined, from: string): string {
  return resolve(from, (path ?? ".").replace(/^~(?=\/|$)/, home));
}
