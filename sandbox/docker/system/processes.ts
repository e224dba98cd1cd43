/** Processes of this machine, as Linux shows them under /proc. Elsewhere none are seen. */
import { readdir, readFile, readlink } from "node:fs/promises";
import { eventually } from "./polling.ts";

/** When a process started, in the kernel's ticks: with its id it names a process for good. */
export async function startTime(pid: number): Promise<string | undefined> {
  return (await fieldsAfterName(pid))?.[19];
}

/** True while the process runs; a zombie does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const fields = await fieldsAfterName(pid);
  return fields !== undefined && fields[0] !== "Z" && fields[0] !== "X";
}

/** Ids of the running processes that have the text in their command line. */
export function processesMentioning(text: string): Promise<number[]> {
  return runningProcesses(async (pid) => (await readFile(`/proc/${pid}/cmdline`, "utf8")).includes(text));
}

/** Ids of the running processes whose program is below the folder. */
export function processesFrom(folder: string): Promise<number[]> {
  return runningProcesses(async (pid) => (await readlink(`/proc/${pid}/exe`)).startsWith(`${folder}/`));
}

/** A process that ends while it is looked at does not match. */
async function runningProcesses(matches: (pid: number) => Promise<boolean>): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => (await matches(pid).catch(() => false)) && (await isRunning(pid))),
  );
  return pids.filter((_pid, index) => found[index]);
}

/** Sends a signal; a process that is gone already is fine. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks processes to end, and kills those that have not within the grace period. */
export async function endProcesses(pids: readonly number[], graceMs: number): Promise<void> {
  const allGone = async (): Promise<boolean> => !(await Promise.all(pids.map(isRunning))).includes(true);
  for (const pid of pids) signalProcess(pid, "SIGTERM");
  if (await eventually(allGone, graceMs)) return;
  for (const pid of pids) signalProcess(pid, "SIGKILL");
  await eventually(allGone, graceMs);
}

/** The fields of /proc/PID/stat that follow the program's name; the first is the state. */
async function fieldsAfterName(pid: number): Promise<string[] | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}
