/** Folders that are costly to make and then kept: packages, base images. */
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import lockfile from "proper-lockfile";
import { exists } from "./exists.ts";
import { unmountBelow } from "./mounts.ts";

/** Names of folders that are being made start so; what a crash left of them is removed. */
const UNFINISHED = "unfinished-";
const LOCK = { stale: 60_000, retries: { retries: 600, minTimeout: 500, maxTimeout: 500 } };

/**
 * Gives the folder `parent/name`, making it first when it is missing. Another process that makes it at the same
 * time is waited for, and a crash never leaves half a folder under the name.
 * @param make fills an empty folder, and may use a second one for what is thrown away afterwards.
 */
export async function madeOnce(
  parent: string,
  name: string,
  make: (folder: string, scratch: string) => Promise<void>,
): Promise<string> {
  const finished = join(parent, name);
  if (await exists(finished)) return finished;
  await mkdir(parent, { recursive: true });
  const release = await lockfile.lock(parent, LOCK);
  try {
    if (await exists(finished)) return finished;
    await removeUnfinished(parent);
    const work = await mkdtemp(join(parent, UNFINISHED));
    try {
      const [folder, scratch] = [join(work, "folder"), join(work, "scratch")];
      await mkdir(folder);
      await mkdir(scratch);
      await make(folder, scratch);
      await rename(folder, finished);
    } finally {
      await removeUnfinished(parent);
    }
    return finished;
  } finally {
    await release();
  }
}

async function removeUnfinished(parent: string): Promise<void> {
  for (const name of (await readdir(parent)).filter((entry) => entry.startsWith(UNFINISHED))) {
    const folder = join(parent, name);
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true });
  }
}
