/** Folders that hold an engine's images and layer cache: kept between runs, used by one engine at a time. */
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { unmountBelow } from "./mounts.ts";
import { processesOf } from "./own-processes.ts";
import { endProcesses } from "./processes.ts";

/** A data root that this process alone uses. */
export interface DataRoot {
  readonly folder: string;
  /** Unmounts what an engine left and lets others use the folder. */
  release(): Promise<void>;
}

const TAKEN = 75;
const GRACE_MS = 10_000;

/**
 * Takes the first data root below `parent` that no other process uses.
 * What a crashed engine left running or mounted on it is cleared.
 */
export async function takeDataRoot(parent: string): Promise<DataRoot> {
  for (let number = 0; ; number++) {
    const folder = join(parent, String(number), "data");
    await mkdir(folder, { recursive: true });
    const unlock = await tryLock(join(parent, String(number), "lock"));
    if (!unlock) continue;
    await endProcesses(await processesOf(folder), GRACE_MS);
    await unmountBelow(folder);
    const release = async (): Promise<void> => {
      await unmountBelow(folder);
      await unlock();
    };
    return { folder, release };
  }
}

/**
 * Takes the kernel's lock on a file, which goes with the process that holds it: a `cat` that ends when this process
 * closes its input or dies.
 */
async function tryLock(file: string): Promise<(() => Promise<void>) | undefined> {
  const holder = spawn(
    "flock",
    ["--nonblock", "--no-fork", "--conflict-exit-code", String(TAKEN), file, "sh", "-c", "echo held; exec cat"],
    { detached: true, stdio: ["pipe", "pipe", "ignore"] },
  );
  const exited = new Promise<number | null>((resolve, reject) => {
    holder.once("error", reject);
    holder.once("exit", resolve);
  });
  const held = new Promise<"held">((resolve) => holder.stdout.once("data", () => resolve("held")));
  const outcome = await Promise.race([held, exited]);
  if (outcome === "held") {
    return async () => {
      holder.stdin.end();
      await exited;
    };
  }
  if (outcome === TAKEN) return undefined;
  throw new Error(`The file ${file} could not be locked (flock ended with ${outcome}).`);
}
