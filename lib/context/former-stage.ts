/** What versions before this one staged: one folder a stack, which every run changed. */
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";

const STAGED = /^(?:context|Dockerfile|Dockerfile\.dockerignore|incoming-\w+)$/;

/** Removes it, and nothing else that may be in the folder. A run does not fail because of what it has no use for. */
export async function removeFormerStage(folder: string): Promise<void> {
  try {
    const names = await readdir(folder);
    for (const name of names.filter((name) => STAGED.test(name)))
      await rm(join(folder, name), { recursive: true, force: true });
    await rmdir(folder);
  } catch {
    // It is not there, or holds something else, or is another user's.
  }
}
