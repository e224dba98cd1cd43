/** Creating an object once, even when the answer to the creating request is lost. */
import { setTimeout as wait } from "node:timers/promises";
import type { RequestContext } from "./http.ts";
import { isStatus, mayHaveTakenEffect } from "./service-error.ts";

export interface CreateOnceOptions<Item> {
  readonly context: RequestContext;
  /** All objects that the natural key (a name, an owner) finds now. */
  find(context: RequestContext): Promise<readonly Item[]>;
  /** The creating request. Its context outlives an interruption for a while, so that an answer is not thrown away. */
  create(context: RequestContext): Promise<Item>;
  /** What tells two objects apart. */
  idOf(item: Item): string;
  /** The error with which an object that was there before the call is refused; undefined when it may be. */
  refuse?(existing: Item): Error | undefined;
}

/** How often the creating request is sent. */
const ATTEMPTS = 3;
/** Waits before the look-ups that follow a lost answer: the service may still be at work. */
const LOOK_UP_WAITS_MS = [250, 500, 1_000];
/** How long an interrupted call goes on waiting for the answer to its creating request. */
const GRACE_MS = 10_000;

/**
 * Sends the creating request. When its answer is lost, looks the object up by its natural key and takes it when
 * it was not there before the call; otherwise sends the request again. What existed before the call is never
 * taken: adopting it is an explicit `import`. Throws what `create` threw when nothing was found.
 */
export async function createOnce<Item>(options: CreateOnceOptions<Item>): Promise<Item> {
  const { context, find, idOf } = options;
  const before = await find(context);
  const refusal = before.map((existing) => options.refuse?.(existing)).find((error) => error !== undefined);
  if (refusal) throw refusal;
  const known = new Set(before.map(idOf));
  const appeared = async (): Promise<Item | undefined> => (await find(context)).find((item) => !known.has(idOf(item)));

  for (let attempt = 1; ; attempt += 1) {
    try {
      return await options.create({ ...context, signal: withGrace(context.signal) });
    } catch (error) {
      const lost = mayHaveTakenEffect(error);
      // A refused repetition means that the first request, whose answer was lost, had created it after all.
      const made = lost
        ? await lookUp(appeared, context.signal)
        : attempt > 1 && isStatus(error, 409, 422) && (await appeared());
      if (made) return made;
      // An error of the service's own would come again; only a lost answer is worth another try.
      if (!lost || isStatus(error, 500) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function lookUp<Item>(find: () => Promise<Item | undefined>, signal: AbortSignal): Promise<Item | undefined> {
  for (const ms of LOOK_UP_WAITS_MS) {
    await wait(ms, undefined, { signal });
    const found = await find();
    if (found) return found;
  }
  return undefined;
}

function withGrace(signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  const abort = (): void => {
    setTimeout(() => late.abort(signal.reason), GRACE_MS).unref();
  };
  if (signal.aborted) late.abort(signal.reason);
  else signal.addEventListener("abort", abort, { once: true });
  return late.signal;
}
