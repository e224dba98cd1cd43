/** Requests that may be sent again without harm: they write the same once more. */
import { setTimeout as wait } from "node:timers/promises";
import { ConnectionError, mayHaveTakenEffect, ServiceError } from "../../kit/service-error.ts";
import type { ApiContext } from "./client.ts";

/** Waits before the request is sent again. */
const WAITS_MS = [250, 1_000];

export interface Upsert<Answer> {
  /** Sends the request. */
  send(): Promise<Answer>;
  /** Told when nobody knows whether it took effect: the object then belongs into the state, for the next run to finish. */
  maybeMade?(): void;
}

/** Sends a request until its answer is known. Throws what the last one threw. */
export async function upsert<Answer>({ signal }: ApiContext, { send, maybeMade }: Upsert<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const ms = WAITS_MS[attempt];
      if (wasRefused(error)) throw error;
      if (!mayHaveTakenEffect(error) || ms === undefined || signal.aborted) {
        maybeMade?.();
        throw error;
      }
      await wait(ms, undefined, { signal }).catch((interruption: unknown) => {
        maybeMade?.();
        throw interruption;
      });
    }
  }
}

/** Whether it is certain that nothing was done. */
function wasRefused(error: unknown): boolean {
  const isKnown = error instanceof ServiceError || error instanceof ConnectionError;
  return isKnown && !mayHaveTakenEffect(error);
}
