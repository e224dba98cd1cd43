/** The machine's own git as a member of the team has it, on a checkout that is removed afterwards. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { gitEnvironment } from "../services/github/git/run.ts";

/** Who commits and pushes. */
export interface Member {
  readonly name: string;
  readonly email: string;
  readonly token: string;
}

/** A checkout. */
export interface Checkout {
  readonly folder: string;
  /** Runs git in it as a member. Rejects with what git said, without the token. */
  git(member: Member, ...args: string[]): Promise<string>;
}

/** Clones a repository, does the work in it, and removes it again. */
export async function inCheckout<T>(url: string, member: Member, work: (checkout: Checkout) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-checkout-"));
  const git: Checkout["git"] = async ({ name, email, token }, ...args) => {
    // The token comes from a helper, so that it is in no command line and in no file.
    const helper = '!f() { echo username=x-access-token; echo "password=$SANDBOX_TOKEN"; }; f';
    const { exitCode, all, stdout } = await execa("git", ["-c", `credential.helper=${helper}`, ...args], {
      cwd: folder,
      env: {
        ...gitEnvironment(),
        SANDBOX_TOKEN: token,
        ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
      },
      extendEnv: false,
      stdin: "ignore",
      all: true,
      reject: false,
    });
    if (exitCode !== 0) throw new Error(`git ${args[0]} failed:\n${all.replaceAll(token, "[masked]")}`);
    return stdout;
  };
  try {
    await git(member, "clone", "--quiet", url, ".");
    return await work({ folder, git });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
