/** Servers that listen where they did the last time. */
import { Cleanup } from "./cleanup.ts";
import { portLikeBefore } from "./ports.ts";

const ATTEMPTS = 3;

/**
 * Starts a server on the port of the last time, or on another one where that is taken; another program may take one
 * between the choice and the start, so it is tried again.
 * @param start what it adds to the cleanup is undone when it throws, and is what closes the server in the end.
 * @throws the last attempt's error.
 */
export async function onKeptPort<Started>(
  before: number | undefined,
  start: (port: number, cleanup: Cleanup) => Promise<Started>,
  tell: (message: string) => void,
): Promise<{ readonly started: Started; readonly port: number; close(): Promise<void> }> {
  for (let attempt = 1; ; attempt++) {
    const port = await portLikeBefore(attempt === 1 ? before : undefined);
    const cleanup = new Cleanup();
    try {
      const started = await start(port, cleanup);
      return { started, port, close: () => cleanup.run() };
    } catch (error) {
      await cleanup.runAfterFailure(tell);
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
