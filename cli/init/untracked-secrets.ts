/** Secrets that a first `git add --all` would take along. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAll } from "../../lib/context/threads.ts";
import { fileSecrecy } from "../../lib/secret-files.ts";
import { runProcess } from "../child-process.ts";

/** cookiecutter-django's folder of secrets is ignored as a whole. */
const WHOLE_FOLDER = /^(.*?(?:^|\/)\.envs\/)/;

/**
 * Lines for .gitignore, one for each secret beyond doubt that git would add. Git is asked with a repository of its own, so
 * that a folder which is none yet is read by the same rules. Without git there is nothing to add by.
 */
export async function untrackedSecrets(root: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), "delivery-init-"));
  try {
    const git = (...args: string[]) => runProcess("git", args, { env });
    const made = await git("init", "--quiet", "--bare", scratch);
    if (made.code !== 0) return [];
    const list = ["ls-files", "--others", "--exclude-standard", "-z"];
    const listed = await git(`--git-dir=${scratch}`, `--work-tree=${root}`, "-C", root, ...list);
    // A folder that ends in `/` is a repository of its own, of which nothing is added.
    const paths = listed.stdout.split("\0").filter((path) => path !== "" && !path.endsWith("/"));
    const files = await readAll(
      root,
      paths.map((path) => ({ path, isLink: false })),
    );
    const secret = files.filter(({ path, mark }) => fileSecrecy(path, mark === "key") === "certain");
    return [...new Set(secret.map(({ path }) => ignoreLine(WHOLE_FOLDER.exec(path)?.[1] ?? path)))];
  } catch {
    // What cannot be read is told by whoever has to read it; git itself stops at it, too.
    return [];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The line that names exactly this path ("gitignore", Pattern Format). */
function ignoreLine(path: string): string {
  return `/${path.replaceAll(/[\\*?[\]]|\s+$/g, (special) => `\\${special}`)}`;
}
