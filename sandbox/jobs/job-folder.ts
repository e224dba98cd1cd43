/** The folder of a job: its home, and in it programs that only CircleCI's machines have. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { exists } from "../docker/system/exists.ts";
import { hostEnvironment } from "../docker/system/host.ts";

/** A job's folder. */
export interface JobFolder {
  /** What `~` stands for. */
  readonly home: string;
  /** PATH of the steps: the job's own programs first. */
  readonly path: string;
  /** Sourced by each step's shell. */
  readonly bashEnv: string;
  /** True once a step has asked for the job to end there. */
  halted(): Promise<boolean>;
  remove(): Promise<void>;
}

/** Makes it. @param docker the program that stands for Docker's. */
export async function makeJobFolder(docker: string): Promise<JobFolder> {
  const root = await mkdtemp(join(tmpdir(), "delivery-job-"));
  const bin = join(root, "bin");
  const home = join(root, "home");
  const halt = join(root, "halted");
  const bashEnv = join(root, "bash-env");
  await mkdir(bin);
  await mkdir(home);
  await writeFile(bashEnv, "");
  const programs = {
    docker: `exec '${process.execPath}' '${docker}' "$@"`,
    // "Ending a job from within a step".
    "circleci-agent": `[ "$*" = "step halt" ] || { echo "The sandbox knows only: circleci-agent step halt" >&2; exit 1; }\ntouch '${halt}'`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return {
    home,
    bashEnv,
    path: `${join(root, "python", "bin")}:${bin}:${process.env["PATH"]}`,
    halted: () => exists(halt),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * A Python of the job's own, where pip may install, as the images of CircleCI have it.
 * @throws Error with the next step where the machine has no Python.
 */
export async function makePython(folder: JobFolder): Promise<void> {
  const place = join(folder.home, "..", "python");
  const { exitCode, all } = await execa("python3", ["-m", "venv", place], {
    env: hostEnvironment(),
    reject: false,
    all: true,
    stdin: "ignore",
  });
  if (exitCode === 0) return;
  throw new Error(
    `The job needs Python, and \`python3 -m venv\` failed: ${all || "python3 is not installed"}. ` +
      "Install Python 3 with venv (Debian: apt-get install python3-venv).",
  );
}
