/** Real git, as a user of the emulated GitHub runs it. */
import { mkdtemp, rm } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** A folder with a git of its own user. */
export interface GitClient {
  readonly folder: string;
  /** Runs a command there; rejects with what it said when it fails. Gives its output. */
  run(...args: string[]): Promise<string>;
  /** Runs a command that has to fail, and gives what it said. */
  refused(...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** An empty folder. Its commits are written by somebody in another time zone. */
export async function gitClient(): Promise<GitClient> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-git-client-"));
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.org",
    GIT_AUTHOR_DATE: "2026-05-06T07:08:09+0530",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.org",
    GIT_COMMITTER_DATE: "2026-05-06T07:08:09+0530",
  };
  const git = (args: string[], reject: boolean) =>
    execa("git", args, { cwd: folder, env, extendEnv: false, stdin: "ignore", all: true, reject });
  return {
    folder,
    run: async (...args) => (await git(args, true)).stdout,
    async refused(...args) {
      const { exitCode, all } = await git(args, false);
      if (exitCode === 0) throw new Error(`git ${args.join(" ")} was not refused: ${all}`);
      return all;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The address of a repository, with a token as a user types it into git. */
export function cloneUrl(baseUrl: string, repository: string, token?: string): string {
  const url = new URL(`${repository}.git`, `${baseUrl}/`);
  if (token !== undefined) {
    url.username = "x-access-token";
    url.password = token;
  }
  return url.href;
}
