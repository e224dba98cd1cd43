/** Runs the machine's own git on a bare repository, without the user's and the machine's settings. */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { execa } from "execa";
import which from "which";

/** What every call is told beside its arguments. No collection of garbage in the background, which would outlive the call. */
const SETTINGS = {
  "gc.auto": "0",
  "maintenance.auto": "false",
  "receive.autogc": "false",
  // GitHub takes a commit's name for what to fetch, and filters ("Git fetch by SHA", partial clones).
  "uploadpack.allowAnySHA1InWant": "true",
  "uploadpack.allowFilter": "true",
};
const NOT_INSTALLED =
  "The sandbox's GitHub keeps repositories with the machine's git, and there is no `git http-backend`. " +
  "Install git (Debian: apt-get install git; Alpine: apk add git git-daemon), then run this again.";

/** The environment of every git that the sandbox starts. */
export function gitEnvironment(): Record<string, string> {
  const settings = Object.entries(SETTINGS);
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? "",
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** What a git command writes to its standard output. Rejects with what it said when it fails. */
export async function git(folder: string, args: readonly string[], input: string | Uint8Array = ""): Promise<Buffer> {
  const { stdout } = await execa("git", ["--git-dir", folder, ...args], {
    env: gitEnvironment(),
    extendEnv: false,
    encoding: "buffer",
    stripFinalNewline: false,
    input,
  });
  return Buffer.from(stdout);
}

/** Why no client can be answered: the machine has no git, or one without its web server's part; undefined when it has. */
export async function gitProblem(): Promise<string | undefined> {
  if (!(await which("git", { nothrow: true }))) return NOT_INSTALLED;
  try {
    const { stdout } = await promisify(execFile)("git", ["--exec-path"]);
    await access(join(stdout.trim(), "git-http-backend"));
    return undefined;
  } catch {
    return NOT_INSTALLED;
  }
}
