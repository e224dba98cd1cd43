/** Waits for a condition that has no event. */
import { setTimeout as delay } from "node:timers/promises";

const INTERVAL_MS = 50;

/**
 * Asks until the answer is true.
 * @param condition gets a signal that is aborted at the deadline; an answer that comes later does not count.
 * @returns false when the deadline passed first.
 */
export async function eventually(
  condition: (signal: AbortSignal) => boolean | Promise<boolean>,
  deadlineMs: number,
): Promise<boolean> {
  const passed = new AbortController();
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    deadline = setTimeout(() => {
      passed.abort();
      resolve(false);
    }, deadlineMs);
  });
  try {
    while (!passed.signal.aborted) {
      if (await Promise.race([condition(passed.signal), late])) return true;
      await Promise.race([delay(INTERVAL_MS), late]);
    }
    return false;
  } finally {
    clearTimeout(deadline);
    passed.abort();
  }
}
