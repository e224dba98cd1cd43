/** What a process has started, directly or not. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Undefined where the system does not tell it. */
  readonly session: number | undefined;
}

/**
 * The processes that came from this one: its children and theirs, and what is in its process group or its session, which
 * outlives their parents. Synchronous, so that it can be asked while this process ends.
 */
export function descendants(pid: number): number[] {
  const rows = processes();
  const found = new Set([pid]);
  const belongs = ({ parent, group, session }: Row): boolean => found.has(parent) || group === pid || session === pid;
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const row of rows) if (belongs(row)) found.add(row.pid);
  }
  found.delete(pid);
  return [...found];
}

function processes(): Row[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** Source: proc_pid_stat(5). The program's name is in parentheses and may hold anything. */
function fromProc(): Row[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [parent = 0, group = 0, session] = stat
        .slice(stat.lastIndexOf(")") + 4)
        .split(" ", 3)
        .map(Number);
      return [{ pid, parent, group, session }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}

/** POSIX's `ps`, which names no session. */
function fromPs(): Row[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, group, session: undefined };
    });
}
