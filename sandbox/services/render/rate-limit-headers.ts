/** The headers that tell a client how many calls it has left. Calls are counted, never refused: faults do that. */
import type { MiddlewareHandler } from "hono";
import type { SandboxAccount } from "../core/service.ts";

const WINDOW_SECONDS = 60;
const READS_PER_WINDOW = 400;
const WRITES_PER_WINDOW = 100;

/** Adds `Ratelimit-Limit`, `Ratelimit-Remaining` and `Ratelimit-Reset` ("Render API", Rate limits). */
export function rateLimitHeaders(now: () => string, { limits = {} }: SandboxAccount): MiddlewareHandler {
  const before = READS_PER_WINDOW - (limits.renderCallsLeft ?? READS_PER_WINDOW);
  let windowEnds = 0;
  let used = { reads: before, writes: 0 };
  return async (c, next) => {
    await next();
    const seconds = Date.parse(now()) / 1000;
    if (seconds >= windowEnds) {
      windowEnds = seconds + WINDOW_SECONDS;
      used = { reads: before, writes: 0 };
    }
    const kind = c.req.method === "GET" ? "reads" : "writes";
    const limit = kind === "reads" ? READS_PER_WINDOW : WRITES_PER_WINDOW;
    used[kind] += 1;
    c.header("Ratelimit-Limit", String(limit));
    c.header("Ratelimit-Remaining", String(Math.max(0, limit - used[kind])));
    c.header("Ratelimit-Reset", String(Math.ceil(windowEnds - seconds)));
  };
}
