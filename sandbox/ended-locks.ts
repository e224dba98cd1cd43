/** Locks on the sandbox's stack whose owner has ended: a Pulumi CLI that is interrupted before it listens leaves its own. */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasEnded, type LockOwner } from "../cli/state/lock-owner.ts";

/**
 * Removes them, so that the next run is not refused. A lock of a living process stays, and so does one that cannot be read.
 * @param backendUrl the sandbox's backend, a `file://` address.
 * @returns how many were removed.
 */
export async function removeEndedLocks(backendUrl: string): Promise<number> {
  const folder = join(fileURLToPath(backendUrl), ".pulumi", "locks");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json"));
  let removed = 0;
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    const owner = await ownerIn(file);
    if (!owner || !hasEnded(owner)) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

/** As the Pulumi CLI's backend of files writes a lock. */
async function ownerIn(file: string): Promise<LockOwner | undefined> {
  try {
    const { hostname, pid } = JSON.parse(await readFile(file, "utf8")) as { hostname?: unknown; pid?: unknown };
    return typeof hostname === "string" && typeof pid === "number" ? { host: hostname, pid } : undefined;
  } catch {
    return undefined;
  }
}
