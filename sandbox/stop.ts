/** When a serving process should end. */

const PARENT_CHECK_MS = 1_000;

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP, and when npm, having started this process, is gone: a sandbox must
 * not outlive the terminal it was started in.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    if (process.env["npm_lifecycle_event"] === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, PARENT_CHECK_MS);
    timer.unref();
  });
}
