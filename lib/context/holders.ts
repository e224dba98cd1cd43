/** Who uses which staged folder, so that what crashed runs left behind can be told from what a run still reads. */
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isStillRunning, type ProcessIdentity, processIdentity } from "../process-identity.ts";

/** A process that uses a folder. Another machine's, or another container's, cannot be seen from here. */
interface Holder extends ProcessIdentity {
  readonly host: string;
}

/** How many folders that nobody uses are kept, for the next run that wants the same content. */
const KEPT = 2;
/** For how long a holder is believed that cannot be seen. */
const UNSEEN_MS = 24 * 60 * 60 * 1000;

/**
 * Whoever outlives the program: the engine builds after the program has declared everything, and the language host, the
 * program's parent, lives as long as the engine.
 */
export function currentHolder(): ProcessIdentity {
  const parent = process.ppid > 1 ? processIdentity(process.ppid) : undefined;
  return parent ?? processIdentity(process.pid) ?? { pid: process.pid, startTime: "" };
}

/** Says that a process uses a folder of `root`; to be called before the folder is looked at. */
export async function hold(root: string, folder: string, { pid, startTime }: ProcessIdentity): Promise<void> {
  const holder: Holder = { pid, startTime, host: hostname() };
  await writeFile(join(root, `${folder}.${pid}.holder`), JSON.stringify(holder));
}

/** Ends what `hold` said. */
export async function letGo(root: string, folder: string, { pid }: ProcessIdentity): Promise<void> {
  await rm(join(root, `${folder}.${pid}.holder`), { force: true });
}

/** Removes the folders of `root` that nobody uses, but for the newest complete ones. */
export async function removeUnused(root: string, isComplete: (folder: string) => boolean): Promise<void> {
  const entries = await readdir(root, { withFileTypes: true });
  const unused: { readonly folder: string; readonly age: number }[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory()))
    if (!(await isHeld(root, name))) unused.push({ folder: name, age: await lastUse(root, name) });
  const newest = unused.filter(({ folder }) => isComplete(folder)).sort((one, other) => other.age - one.age);
  const kept = newest.slice(0, KEPT).map(({ folder }) => folder);
  for (const { folder } of unused) if (!kept.includes(folder)) await removeFolder(root, folder);
}

/** Takes the folder away in one step, then looks again: a run may have begun to use it meanwhile, and gets it back. */
async function removeFolder(root: string, folder: string): Promise<void> {
  const doomed = join(root, `${folder}.removed`);
  const moved = await rename(join(root, folder), doomed).then(
    () => true,
    () => false,
  );
  if (moved && (await isHeld(root, folder))) await rename(doomed, join(root, folder)).catch(() => undefined);
  await rm(doomed, { recursive: true, force: true });
  for (const file of await holderFiles(root, folder)) if (!(await isLiving(file))) await rm(file, { force: true });
}

async function isHeld(root: string, folder: string): Promise<boolean> {
  for (const file of await holderFiles(root, folder)) if (await isLiving(file)) return true;
  return false;
}

async function holderFiles(root: string, folder: string): Promise<string[]> {
  const names = await readdir(root);
  return names
    .filter((name) => name.startsWith(`${folder}.`) && name.endsWith(".holder"))
    .map((name) => join(root, name));
}

async function isLiving(file: string): Promise<boolean> {
  try {
    const holder = JSON.parse(await readFile(file, "utf8")) as Holder;
    if (holder.host === hostname()) return isStillRunning(holder);
    return Date.now() - (await stat(file)).mtimeMs < UNSEEN_MS;
  } catch {
    return false;
  }
}

/** When a folder was last taken up. */
async function lastUse(root: string, folder: string): Promise<number> {
  const files = [join(root, folder), ...(await holderFiles(root, folder))];
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}
