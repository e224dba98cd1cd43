/** Waiting for the next of many events, none of which is missed between two waits. */

/** A pulse. */
export interface Pulse {
  /** Something has happened. */
  readonly beat: () => void;
  /** Resolves when something happens, or has happened since the last wait; at the latest after the given time. */
  readonly next: (withinMs: number) => Promise<void>;
}

/** A pulse that has not beaten yet. */
export function createPulse(): Pulse {
  let waiting = Promise.withResolvers<void>();
  return {
    beat: () => waiting.resolve(),
    async next(withinMs) {
      const timer = setTimeout(() => waiting.resolve(), withinMs);
      await waiting.promise;
      clearTimeout(timer);
      waiting = Promise.withResolvers<void>();
    },
  };
}
