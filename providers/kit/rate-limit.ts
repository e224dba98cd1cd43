/** When a service that refused a request for being one too many takes requests again. */
import type { Answer } from "./transport.ts";

/** What an answer says of the next request. */
export interface AskedWait {
  /** Whether the request was refused for being one too many. */
  readonly limited: boolean;
  /** The wait that the service asks for, when it asks for one. */
  readonly ms: number | undefined;
}

/** A larger number of seconds than this is a point in time, not a span. */
const EPOCH_SECONDS = 1_000_000_000;
const REMAINING = ["x-ratelimit-remaining", "ratelimit-remaining", "x-sentry-rate-limit-remaining"];
const RESET = ["x-ratelimit-reset", "ratelimit-reset", "x-sentry-rate-limit-reset"];

/**
 * Whether an answer is a rate limit's, and for how long: `Retry-After` in seconds or as a date (RFC 9110), else the end
 * of the limit's window, in seconds from now or since 1970. GitHub limits with 403 too ("Rate limits for the REST
 * API"). Render, GitHub and Sentry tell the window on every answer; only a limited one has to wait for its end.
 */
export function askedWait({ status, headers }: Pick<Answer, "status" | "headers">, now = Date.now()): AskedWait {
  const after = retryAfter(headers["retry-after"], now);
  const remaining = numberIn(headers, REMAINING);
  const limited = status === 429 || (status === 403 && (after !== undefined || remaining === 0));
  const isSpent = limited && (remaining === undefined || remaining === 0);
  return { limited, ms: after ?? (isSpent ? untilReset(headers, now) : undefined) };
}

function retryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function untilReset(headers: Answer["headers"], now: number): number | undefined {
  const reset = numberIn(headers, RESET);
  if (reset === undefined) return undefined;
  return Math.max(0, reset > EPOCH_SECONDS ? reset * 1000 - now : reset * 1000);
}

function numberIn(headers: Answer["headers"], names: readonly string[]): number | undefined {
  const text = names.map((name) => headers[name]).find((value) => value !== undefined && value.trim() !== "");
  const number = Number(text ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
}
