/** Whose a state folder is: one sandbox at a time. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isStillRunning, processIdentity } from "../../../lib/process-identity.ts";
import { readJsonFile } from "./json-file.ts";

const ownerSchema = z.object({ pid: z.int(), startTime: z.string().optional() });

/**
 * Makes this process the owner of the folder. The owner that crashed is replaced.
 * @returns what gives the folder up again.
 * @throws Error naming the process that owns it.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "owner.json");
  const owner = await liveOwner(file);
  if (owner !== undefined) throw inUse(folder, `process ${owner}`);
  await rm(file, { force: true });
  const claim = JSON.stringify(processIdentity(process.pid));
  await writeFile(file, claim, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST" ? inUse(folder, "a sandbox that has just started") : error;
  });
  return () => rm(file, { force: true });
}

function inUse(folder: string, owner: string): Error {
  return new Error(
    `The folder ${folder} is in use by ${owner}. End that sandbox, or give this one a state folder of its own.`,
  );
}

async function liveOwner(file: string): Promise<number | undefined> {
  const owner = await readJsonFile(file, ownerSchema);
  if (owner?.startTime === undefined) return undefined;
  return isStillRunning({ pid: owner.pid, startTime: owner.startTime }) ? owner.pid : undefined;
}
