/** Processes told apart for good: an id may be another process's later. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the system tells it. */
  readonly startTime: string;
}

/** The process with this id; undefined when none runs, or only its exit status is left. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  const startTime = process.platform === "linux" ? linuxStartTime(pid) : startTimeByPs(pid);
  return startTime ? { pid, startTime } : undefined;
}

/** Whether this very process runs still. */
export function isStillRunning({ pid, startTime }: ProcessIdentity): boolean {
  return processIdentity(pid)?.startTime === startTime;
}

/** "proc(5)": behind the program's name, which may hold anything, the state is first and the start time twentieth. */
function linuxStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return ["Z", "X"].includes(fields[0] ?? "") ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startTimeByPs(pid: number): string | undefined {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
