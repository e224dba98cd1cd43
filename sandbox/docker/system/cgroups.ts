/** Control groups of this machine, in version 1 (one tree a controller) and version 2 (one tree). */
import { readdir, readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "./polling.ts";
import { signalProcess } from "./processes.ts";

const ROOT = "/sys/fs/cgroup";
const EMPTY_WITHIN_MS = 5_000;

/** Kills what still runs in the control group of this name at the top of any tree, and removes the group. */
export async function removeControlGroup(name: string): Promise<void> {
  for (const tree of [ROOT, ...(await foldersIn(ROOT))]) {
    await removeTree(join(tree, name));
  }
}

/** Control groups of this name that exist. */
export async function controlGroups(name: string): Promise<string[]> {
  const folders = [ROOT, ...(await foldersIn(ROOT))].map((tree) => join(tree, name));
  const present = await Promise.all(folders.map((folder) => readdir(folder).then(Boolean, () => false)));
  return folders.filter((_folder, index) => present[index]);
}

async function removeTree(folder: string): Promise<void> {
  for (const child of await foldersIn(folder)) await removeTree(child);
  for (const pid of await members(folder)) signalProcess(pid, "SIGKILL");
  await eventually(async () => (await members(folder)).length === 0, EMPTY_WITHIN_MS);
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

async function members(folder: string): Promise<number[]> {
  const list = await readFile(join(folder, "cgroup.procs"), "utf8").catch(() => "");
  return list.split("\n").filter(Boolean).map(Number);
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}
