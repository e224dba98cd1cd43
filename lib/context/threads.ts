/** Work on many files, by as many threads as there are processors. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ContextEntry } from "./context-walk.ts";
import { type ReadFile, readFiles } from "./copy-files.ts";
import { isIntact } from "./staged-folder.ts";

/** What one thread does: reads files and copies them where there is a target, or checks a staged folder. */
export type ThreadTask =
  | { readonly source: string; readonly entries: readonly ContextEntry[]; readonly target?: string | undefined }
  | { readonly intact: string };

/** A thread takes longer to start than so many files take to be read. */
export const WORTH_A_THREAD = 1_000;
/** More threads than that wait for the disk. */
const MOST_THREADS = 8;

/** `readFiles` of all entries, in their order. Rejects with the first error of any thread, once all have ended. */
export async function readAll(source: string, entries: readonly ContextEntry[], target?: string): Promise<ReadFile[]> {
  const threads = Math.min(MOST_THREADS, availableParallelism(), Math.ceil(entries.length / WORTH_A_THREAD));
  if (threads <= 1) return readFiles(source, entries, target);
  const share = Math.ceil(entries.length / threads);
  const shares = Array.from({ length: threads }, (_, index) => entries.slice(index * share, (index + 1) * share));
  const results = await Promise.allSettled(shares.map((part) => inThread({ source, entries: part, target })));
  return results.flatMap((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value as ReadFile[];
  });
}

/** `isIntact` in another thread, when the folder holds so many files that this is faster. */
export async function intact(folder: string, files: number): Promise<boolean> {
  if (files < WORTH_A_THREAD) return isIntact(folder);
  return (await inThread({ intact: folder })) as boolean;
}

async function inThread(workerData: ThreadTask): Promise<unknown> {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData });
  try {
    // An error in the thread rejects the wait.
    const [result] = await once(worker, "message");
    return result;
  } finally {
    await worker.terminate();
  }
}
