/** The lock of a stack: who holds it, and how to wait for it. */
import { retry } from "../../providers/kit/retry.ts";
import type { RunResult } from "../child-process.ts";
import type { Progress } from "../progress.ts";
import { UserError } from "../user-error.ts";

/** What backends of files and object stores say; the engine has done nothing then. Each lock is named on a line below. */
const LOCKED = /the stack is currently locked by \d+ lock\(s\)/;
const HOLDER = /: created by (\S+) \(pid (\d+)\) at (\S+)/g;
/** The same look at the locks, when one was removed after it was listed and before it was read. */
const JUST_GONE = /^error: 2 errors occurred:\n +1\) .*\n +2\) NotFound$/m;
/** What Pulumi Cloud answers. It does not say who. */
const CONFLICT = /\[409\] Conflict: Another update is currently in progress/;

/** Somebody else is changing the stack. */
export class LockedError extends UserError {}

/** How long to wait, and what tells about it. */
export interface Patience {
  readonly minutes: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;
const MS_PER_MINUTE = 60_000;

/** Who holds the stack's lock, in words; undefined when the run did not fail for a lock. */
export function lockHolder({ code, stdout, stderr }: RunResult): string | undefined {
  const said = `${stderr}\n${stdout}`;
  if (code === 0) return undefined;
  if (CONFLICT.test(said)) return "another update";
  if (JUST_GONE.test(said)) return "a run that was just ending";
  if (!LOCKED.test(said)) return undefined;
  const holders = [...said.matchAll(HOLDER)].map(([, who, pid, since]) => `${who} (process ${pid}, since ${since})`);
  return [...new Set(holders)].join(" and ") || "another process";
}

/** The error for a run that lost. */
export function lockedBy(stack: string, holder: string): LockedError {
  return new LockedError(
    `The stack ${stack} is locked by ${holder}. Nothing was changed.`,
    "Run this again when that has ended, or let it wait: `--wait 10` tries again for ten minutes. If that process is " +
      "gone, `npx --no delivery pulumi cancel` takes its lock away, and `npx --no delivery recover` looks at what it left.",
  );
}

/**
 * Does the work again, after growing and randomly spread pauses, as long as it throws {@link LockedError}: of two runs
 * that begin together on a backend of files, both can lose.
 * @throws LockedError when the time is over; whatever else the work throws; the signal's reason.
 */
export async function waitingForLock<T>(work: () => Promise<T>, { minutes, progress, signal }: Patience): Promise<T> {
  const deadline = performance.now() + minutes * MS_PER_MINUTE;
  const patient = retry(work, {
    signal,
    limits: {
      attempts: Number.POSITIVE_INFINITY,
      firstWaitMs: FIRST_WAIT_MS,
      longestWaitMs: LONGEST_WAIT_MS,
      longestAskedMs: 0,
    },
    judge: (error) => (error instanceof LockedError && performance.now() < deadline ? {} : "give up"),
    onWait: (waitMs, error) => {
      const [problem] = (error as Error).message.split("\n");
      progress.note(`${problem} Trying again in ${Math.ceil(waitMs / 1000)} s.`);
    },
  });
  return patient.catch((error: unknown) => {
    // A pause that is interrupted ends with an error of the timer's.
    signal.throwIfAborted();
    throw error;
  });
}
