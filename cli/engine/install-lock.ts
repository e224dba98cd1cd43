/** Lets one process at a time install an engine into the cache. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { lock } from "proper-lockfile";
import type { SearchContext } from "./engine.ts";
import { ENGINE_VERSION } from "./versions.ts";

/** The owner touches the lock more often than this; a lock that was not touched for so long has a dead owner. */
const STALE_MS = 10_000;

const POLL_MS = 250;

/**
 * Runs `work` while this process holds the lock of the folder, after waiting for another owner to finish or to die.
 * The signal that `work` gets is also aborted when the lock is lost (after the machine slept, for example).
 * @throws the signal's reason when aborted while waiting; whatever `work` throws.
 */
export async function withInstallLock<T>(
  folder: string,
  context: SearchContext,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const acquire = (): Promise<(() => Promise<void>) | undefined> =>
    lock(folder, {
      lockfilePath: join(folder, `.${ENGINE_VERSION}.lock`),
      stale: STALE_MS,
      onCompromised: () => lost.abort(new Error("another process took over the installation of the engine")),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ELOCKED") return undefined;
      throw error;
    });

  const release = (await acquire()) ?? (await acquireWhenFree(acquire, context));
  try {
    return await work(AbortSignal.any([lost.signal, ...(context.signal ? [context.signal] : [])]));
  } finally {
    if (!lost.signal.aborted) await release();
  }
}

function acquireWhenFree(
  acquire: () => Promise<(() => Promise<void>) | undefined>,
  context: SearchContext,
): Promise<() => Promise<void>> {
  return context.progress.step("Waiting for another process that installs the Pulumi engine", async () => {
    for (;;) {
      const release = await acquire();
      if (release) return release;
      await wait(POLL_MS, undefined, { signal: context.signal }).catch(() => context.signal?.throwIfAborted());
    }
  });
}
