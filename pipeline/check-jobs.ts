/** The jobs that check every push, made of a plan of what the team installs, tests and checks. */
import circleci from "@circleci/circleci-config-sdk";
import type { JobSurroundings } from "./delivery-job.ts";
import { shellText, shellTexts } from "./shell-text.ts";

const { Job, commands, reusable } = circleci;

/** A step of the shell, as CircleCI's `run` names its settings. */
export interface ShellStep {
  readonly name?: string | undefined;
  readonly command: string;
}

/** A job of the plan. */
export interface PlannedJob {
  /** Also that of the check that CircleCI reports to GitHub. */
  readonly name: string;
  readonly steps: readonly ShellStep[];
  /** Whether the dependencies are installed first, and the services run beside. */
  readonly installs: boolean;
  /** Whether it reads the application's code only, and never starts it. */
  readonly isStatic?: boolean;
  /** Folder of the results in JUnit's format, which CircleCI shows. */
  readonly results?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What the jobs do. */
export interface CheckPlan {
  readonly install: readonly ShellStep[];
  /** The files that decide what is installed, and the folder that keeps what was downloaded for it. */
  readonly cache: { readonly files: readonly string[]; readonly folder: string } | undefined;
  readonly jobs: readonly PlannedJob[];
  /** Throw-away values with which the application starts in a check. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where the jobs run. */
export interface CheckSurroundings extends JobSurroundings {
  /** The executor with the services beside it. */
  readonly withServices: circleci.types.job.AnyExecutor;
}

/** The jobs, and the command with which those that need it install the dependencies. */
export function checkJobs(plan: CheckPlan, { checkout, executor, properties, withServices }: CheckSurroundings) {
  const install = installCommand(plan);
  const jobs = plan.jobs.map(({ name, steps, installs, isStatic, results, environment }) => {
    const all = [
      checkout,
      ...(installs ? [new reusable.ReusedCommand(install)] : []),
      ...steps.map(run),
      ...(results ? [new commands.StoreTestResults({ path: results })] : []),
    ];
    const values = { ...(installs && !isStatic && plan.variables), ...environment };
    const variables = Object.keys(values).length > 0 && { environment: shellTexts(values) };
    return new Job(name, installs && !isStatic ? withServices : executor, all, { ...properties, ...variables });
  });
  return { jobs, install: plan.jobs.some(({ installs }) => installs) ? install : undefined };
}

function installCommand({ install, cache }: CheckPlan): circleci.reusable.ReusableCommand {
  const steps = install.map(run);
  if (!cache) return new reusable.ReusableCommand("install", steps);
  // With the image, so that another Python starts anew.
  const start = "dependencies-1-{{ arch }}";
  const key = [start, ...cache.files.map((file) => `{{ checksum "${file}" }}`)].join("-");
  const all = [
    new commands.cache.Restore({ keys: [key, `${start}-`] }),
    ...steps,
    new commands.cache.Save({ key, paths: [cache.folder] }),
  ];
  return new reusable.ReusableCommand("install", all);
}

function run({ name, command }: ShellStep): circleci.commands.Run {
  return new commands.Run({ ...(name && { name: shellText(name) }), command: shellText(command) });
}
