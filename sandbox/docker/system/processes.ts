/** Processes of this machine, as Linux shows them under /proc. Elsewhere none are seen. */
import { readdir, readlink } from "node:fs/promises";
import { isStillRunning, type ProcessIdentity, processIdentity } from "../../../lib/process-identity.ts";
import { eventually } from "./polling.ts";

/** The running processes whose program is below the folder. */
export function processesFrom(folder: string): Promise<ProcessIdentity[]> {
  return runningProcesses(async (pid) => (await readlink(`/proc/${pid}/exe`)).startsWith(`${folder}/`));
}

/** The running processes that match, without this one. A process that ends while it is looked at does not match. */
export async function runningProcesses(matches: (pid: number) => Promise<boolean>): Promise<ProcessIdentity[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const identity = processIdentity(pid);
      const isMatch = identity && (await matches(pid).catch(() => false)) && isStillRunning(identity);
      return isMatch ? identity : undefined;
    }),
  );
  return found.filter((process) => process !== undefined);
}

/** Sends a signal; a process that is gone already is fine. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks processes to end, and kills those that have not within the grace period. Another that has the id is left alone. */
export async function endProcesses(processes: readonly ProcessIdentity[], graceMs: number): Promise<void> {
  const remaining = (): ProcessIdentity[] => processes.filter(isStillRunning);
  const allGone = async (): Promise<boolean> => remaining().length === 0;
  for (const { pid } of remaining()) signalProcess(pid, "SIGTERM");
  if (await eventually(allGone, graceMs)) return;
  for (const { pid } of remaining()) signalProcess(pid, "SIGKILL");
  await eventually(allGone, graceMs);
}
