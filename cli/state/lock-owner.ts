/** The process that holds a stack's lock. */
import { hostname } from "node:os";

/** Where it runs, or ran. */
export interface LockOwner {
  readonly host: string;
  readonly pid: number;
}

/** Whether it is over. A process of another machine cannot be asked, so it counts as running. */
export function hasEnded({ host, pid }: LockOwner): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
