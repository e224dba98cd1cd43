/** Waiting for files and for the end of processes, with a deadline. */
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

const DEADLINE_MS = 10_000;
const POLL_MS = 20;

/**
 * Waits until `look` gives a value.
 * @throws Error that names what was waited for when it does not come in time.
 */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(POLL_MS);
  }
  throw new Error(`waited ${DEADLINE_MS} ms for ${what}`);
}

/** The file's text once it is there and ends with a line feed. */
export function fileWritten(path: string): Promise<string> {
  return waitFor(path, async () => {
    const text = await readFile(path, "utf8").catch(() => "");
    return text.endsWith("\n") ? text : undefined;
  });
}

/** Waits until the process has ended; one that only waits to be reaped counts as ended. */
export function processEnded(pid: number): Promise<true> {
  return waitFor(`the end of process ${pid}`, async () => {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    return /\) [ZX] /.test(status) || undefined;
  });
}
