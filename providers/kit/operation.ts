/** The lifetime of calls: a signal for each, aborted by its timeout, by the user, or by the plugin's end. */
import { messageOf } from "./errors.ts";

/** Reported when a call was interrupted. Its message says what to do. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** One running call. */
export interface Operation {
  readonly signal: AbortSignal;
  /** The error to report: says so when the call was interrupted, and is `error` itself otherwise. */
  explain(error: unknown): unknown;
}

/** All calls of a plugin. */
export class Operations {
  readonly #cancelled = new AbortController();

  /** Starts a call. `timeoutSeconds` of 0 means none; `option` is what a user raises to get more time. */
  begin(timeoutSeconds: number, option: string): Operation {
    const timeout = timeoutSeconds > 0 ? AbortSignal.timeout(timeoutSeconds * 1000) : undefined;
    const cancelled = this.#cancelled.signal;
    const signal = AbortSignal.any(timeout ? [cancelled, timeout] : [cancelled]);
    return {
      signal,
      explain(error) {
        if (!signal.aborted) return error;
        const reason = cancelled.aborted
          ? "cancelled; run the same command again to continue"
          : `not finished within ${timeoutSeconds} s; run the same command again to continue, or raise customTimeouts.${option}`;
        return new InterruptedError(isAbort(error) ? reason : `${messageOf(error)} (${reason})`, { cause: error });
      },
    };
  }

  /** Aborts every running call and all later ones. */
  cancel(): void {
    this.#cancelled.abort();
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
}
