/** Runs the jobs of a CircleCI file on this machine, as CircleCI runs them in its images. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { z } from "zod";

const step = z.union([z.string(), z.record(z.string(), z.unknown())]);
const texts = z.record(z.string(), z.string());
const image = z.object({ image: z.string() });
const file = z.object({
  executors: z.record(z.string(), z.object({ docker: z.array(image) })),
  commands: z.record(z.string(), z.object({ steps: z.array(step) })).default({}),
  jobs: z.record(
    z.string(),
    z.object({
      executor: z.string(),
      working_directory: z.string().optional(),
      environment: texts.default({}),
      steps: z.array(step),
    }),
  ),
});
const run = z.union([
  z.string().transform((command) => ({ name: command, command })),
  z.object({ name: z.string().optional(), command: z.string() }),
]);

/** What the machine passes on to a job, besides PATH: how it reaches the package index. */
const PASSED_ON = /^(?:PIP_|UV_|SSL_|CURL_|REQUESTS_)|_proxy$/i;

/** What stands for CircleCI. */
export interface JobMachine {
  /** A folder for homes and checkouts. */
  readonly folder: string;
  /** The repository's checkout, whose commit is tested. */
  readonly repository: string;
  /** Replaces the values of a job that name a service. */
  readonly services: Readonly<Record<string, string>>;
}

/** Names of a file's jobs. */
export function jobsOf(text: string): string[] {
  return Object.keys(file.parse(parse(text)).jobs);
}

/**
 * Runs a job: checkout, then each shell step, in bash as CircleCI starts it, in a virtual environment.
 * @throws the step's error, with all that it printed.
 */
export async function runJob(text: string, name: string, machine: JobMachine): Promise<void> {
  const { executors, commands, jobs } = file.parse(parse(text));
  const job = jobs[name];
  if (!job) throw new Error(`There is no job ${name}.`);
  const home = await mkdtemp(join(machine.folder, `${name}-`));
  const checkout = join(home, "project");
  const cwd = (job.working_directory ?? "~/project").replace(/^~/, home);
  const python = await statedPython(executors[job.executor]?.docker[0]?.image ?? "");
  await execa(python, ["-m", "venv", join(home, "python")]);
  const passedOn = Object.entries(process.env).filter(([key]) => PASSED_ON.test(key));
  const env = {
    ...Object.fromEntries(passedOn),
    HOME: home,
    PATH: `${join(home, "python", "bin")}:${process.env["PATH"]}`,
    BASH_ENV: join(home, "bash-env"),
    CI: "true",
    CIRCLECI: "true",
    ...job.environment,
    ...Object.fromEntries(Object.entries(machine.services).filter(([key]) => key in job.environment)),
  };
  const shell = async (command: string): Promise<void> => {
    // CircleCI reads `\<<` as `<<`.
    const script = command.replaceAll("\\<<", "<<");
    await mkdir(cwd, { recursive: true });
    await execa("bash", ["-eo", "pipefail", "-c", script], { cwd, env, extendEnv: false, stdin: "ignore", all: true });
  };
  const perform = async (steps: readonly z.output<typeof step>[]): Promise<void> => {
    for (const entry of steps) {
      const [[kind, settings] = ["", undefined]] = typeof entry === "string" ? [[entry, {}]] : Object.entries(entry);
      if (kind === "checkout")
        await execa("git", ["clone", "--quiet", machine.repository, checkout], {
          env: { GIT_CONFIG_GLOBAL: "/dev/null" },
        });
      else if (kind === "run") await shell(run.parse(settings).command);
      else if (kind === "store_test_results") {
        const { path } = z.object({ path: z.string() }).parse(settings);
        if (!existsSync(join(cwd, path))) throw new Error(`The job ${name} has no test results in ${path}.`);
      } else if (commands[kind]) await perform(commands[kind].steps);
      else if (!["restore_cache", "save_cache"].includes(kind)) throw new Error(`Nobody here runs ${kind}.`);
    }
  };
  await perform(job.steps);
}

/** The Python of the image's tag, else the machine's own, as for the base image where Docker Hub is out of reach. */
async function statedPython(name: string): Promise<string> {
  const [, minor = ""] = /^cimg\/python:(3\.\d+)/.exec(name) ?? [];
  if (minor === "") throw new Error(`${name} is not an image of Python.`);
  // A version manager has a program for each version, also for one that it has not installed.
  const { failed } = await execa(`python${minor}`, ["-m", "venv", "--help"], { reject: false });
  if (failed) console.log(`      (the machine's python3 stands for Python ${minor})`);
  return failed ? "python3" : `python${minor}`;
}
