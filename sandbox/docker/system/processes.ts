/** Processes of this machine, as Linux shows them under /proc. Elsewhere none are seen. */
import { readdir, readFile, readlink } from "node:fs/promises";
import { execa } from "execa";
import { eventually } from "./polling.ts";

/** When a process started, as the system tells it: with its id it names a process for good. Undefined when it is gone. */
export async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") return (await fieldsAfterName(pid))?.[19];
  const { stdout, failed } = await execa("ps", ["-o", "lstart=", "-p", String(pid)], { reject: false });
  return failed ? undefined : stdout.trim();
}

/** True while the process runs; a zombie does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const fields = await fieldsAfterName(pid);
  return fields !== undefined && fields[0] !== "Z" && fields[0] !== "X";
}

/** A process for good: its id may be another's later. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

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
      const started = await startTime(pid);
      const isMatch = started !== undefined && (await matches(pid).catch(() => false)) && (await isRunning(pid));
      return isMatch ? { pid, startTime: started } : undefined;
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
  const remaining = async (): Promise<ProcessIdentity[]> => {
    const still = await Promise.all(processes.map(isStillRunning));
    return processes.filter((_process, index) => still[index]);
  };
  const allGone = async (): Promise<boolean> => (await remaining()).length === 0;
  for (const { pid } of await remaining()) signalProcess(pid, "SIGTERM");
  if (await eventually(allGone, graceMs)) return;
  for (const { pid } of await remaining()) signalProcess(pid, "SIGKILL");
  await eventually(allGone, graceMs);
}

async function isStillRunning({ pid, startTime: started }: ProcessIdentity): Promise<boolean> {
  return (await isRunning(pid)) && (await startTime(pid)) === started;
}

/** The fields of /proc/PID/stat that follow the program's name; the first is the state. */
async function fieldsAfterName(pid: number): Promise<string[] | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}
