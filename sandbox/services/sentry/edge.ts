/** What every answer of Sentry's web API has: the token check and rate limit headers. */
import type { MiddlewareHandler } from "hono";
import type { SandboxAccount } from "../core/service.ts";
import { unauthorized } from "./errors.ts";

const LIMIT = 40;

/** Refuses a missing or wrong token. */
export function authentication(account: SandboxAccount): MiddlewareHandler {
  return async (c, next) => {
    const [scheme = "", token = ""] = (c.req.header("Authorization") ?? "").split(" ");
    if (scheme === "") throw unauthorized("Authentication credentials were not provided.");
    if (scheme.toLowerCase() !== "bearer" || token !== account.tokens.sentry) throw unauthorized("Invalid token");
    return next();
  };
}

/** Tells of a window of one second that is never used up. */
export function rateLimitHeaders(now: () => string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header("X-Sentry-Rate-Limit-Limit", String(LIMIT));
    c.header("X-Sentry-Rate-Limit-Remaining", String(LIMIT - 1));
    c.header("X-Sentry-Rate-Limit-Reset", String(Math.ceil(Date.parse(now()) / 1000) + 1));
    c.header("X-Sentry-Rate-Limit-ConcurrentLimit", "25");
    c.header("X-Sentry-Rate-Limit-ConcurrentRemaining", "24");
  };
}
