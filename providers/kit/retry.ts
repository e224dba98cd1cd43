/**
 * When a failed request is sent again, and after how long. Own code because the wait is the service's to say
 * (rate-limit.ts), which retry libraries leave to their callers.
 */
import { setTimeout as wait } from "node:timers/promises";

/** How patient a client is. */
export interface RetryLimits {
  /** Requests in all, the first included. */
  readonly attempts: number;
  /** First wait; it doubles with each attempt. */
  readonly firstWaitMs: number;
  /** Longest wait of one's own choosing. */
  readonly longestWaitMs: number;
  /** Longest wait that a service may ask for; when it asks for more, the request fails. */
  readonly longestAskedMs: number;
}

export const DEFAULT_LIMITS: RetryLimits = {
  attempts: 6,
  firstWaitMs: 250,
  longestWaitMs: 20_000,
  longestAskedMs: 120_000,
};

/** What to do after a failure: give up, or try again, after the wait that the service asked for if it did. */
export type Verdict = "give up" | { readonly askedMs?: number | undefined };

export interface RetryOptions {
  readonly signal: AbortSignal;
  readonly limits: RetryLimits;
  judge(error: unknown): Verdict;
  /** Told before each wait. */
  onWait?(waitMs: number, error: unknown): void;
}

/** Runs `work` until it succeeds, is judged hopeless, or the attempts are used up. Rejects at once on abort. */
export async function retry<Result>(work: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { signal, limits } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const verdict = options.judge(error);
      if (verdict === "give up" || attempt >= limits.attempts) throw error;
      if ((verdict.askedMs ?? 0) > limits.longestAskedMs) throw error;
      const waitMs = waitBefore(attempt, verdict.askedMs, limits);
      options.onWait?.(waitMs, error);
      await wait(waitMs, undefined, { signal });
    }
  }
}

/** Exponential with full jitter; a wait that was asked for is kept, and stretched a little to spread the herd. */
export function waitBefore(attempt: number, askedMs: number | undefined, limits: RetryLimits): number {
  const ceiling = Math.min(limits.longestWaitMs, limits.firstWaitMs * 2 ** (attempt - 1));
  if (askedMs !== undefined) return askedMs + Math.random() * Math.min(ceiling, askedMs * 0.1);
  return ceiling * (0.5 + Math.random() / 2);
}
