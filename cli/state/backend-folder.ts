/** Where a backend on this machine keeps its files. */
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Pulumi } from "../pulumi.ts";

/** The folder of a file backend; undefined for any other. */
export async function backendFolder(pulumi: Pulumi): Promise<string | undefined> {
  const { code, stdout } = await pulumi.run("whoami", "--verbose", "--json");
  const url = code === 0 ? (JSON.parse(stdout) as { url?: string }).url : undefined;
  if (!url?.startsWith("file://")) return undefined;
  const [path = ""] = url.slice("file://".length).split("?");
  return resolve(path.startsWith("~") ? join(homedir(), path.slice(1)) : decodeURIComponent(path));
}

/**
 * Whether a run holds a stack's lock, as far as a look at a file backend tells: each run has a file of its own there
 * while it is at work. Of other backends only a command that changes the stack learns it.
 */
export async function isLockedOnThisMachine(pulumi: Pulumi, stack: string): Promise<boolean> {
  const backend = await backendFolder(pulumi);
  if (backend === undefined) return false;
  const locks = join(backend, ".pulumi", "locks");
  const entries = await readdir(locks, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.some(({ name, parentPath }) => name.endsWith(".json") && parentPath.endsWith(`/${stack}`));
}
