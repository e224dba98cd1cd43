/** When the sandbox should stop, and how everything under way learns of it. */
import { once } from "node:events";
import { Interruption, listenForSignals } from "../cli/interruption.ts";

const PARENT_CHECK_MS = 1_000;

/**
 * Aborted, with an `Interruption`, at the first SIGINT, SIGTERM or SIGHUP, and when npm, having started this process, is
 * gone: a sandbox must not outlive the terminal it was started in. A further signal ends the process at once, unless a program
 * in the foreground has to end first.
 */
export function stopSignal(): AbortSignal {
  const stop = listenForSignals();
  if (process.env["npm_lifecycle_event"] !== undefined) watchParent(stop);
  return stop.signal;
}

/** Waits until the signal is aborted. */
export async function untilStopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, "abort");
}

function watchParent(stop: AbortController): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop.abort(new Interruption("SIGHUP"));
  }, PARENT_CHECK_MS);
  timer.unref();
}
