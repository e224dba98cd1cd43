/**
 * How many calls a client has left, by the kind of request. Calls are counted and told, as recorded answers tell them;
 * a call too many is refused only when the account's limits say so, because tests of something else would meet it.
 */
import type { MiddlewareHandler } from "hono";
import type { SandboxAccount } from "../core/service.ts";
import { VendorError } from "../core/vendor-error.ts";
import { vendorEdges } from "../core/vendors.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;

interface RateLimit {
  readonly method?: string;
  readonly path?: RegExp;
  readonly calls: number;
  readonly windowSeconds: number;
}

const READS: RateLimit = { method: "GET", calls: 400, windowSeconds: MINUTE_S };

/**
 * The limits, the first that fits counts. Numbers: recorded `ratelimit-limit` of each request; windows: the "Rate
 * limits" section of the Render API's reference.
 */
const RATE_LIMITS: readonly RateLimit[] = [
  READS,
  { method: "POST", path: /^\/v1\/services$/, calls: 20, windowSeconds: HOUR_S },
  { method: "PATCH", path: /^\/v1\/services\/[^/]+$/, calls: 10, windowSeconds: MINUTE_S },
  { method: "POST", path: /^\/v1\/services\/[^/]+\/(?:deploys|scale)$/, calls: 10, windowSeconds: MINUTE_S },
  { method: "POST", path: /^\/v1\/services\/[^/]+\/custom-domains$/, calls: 50, windowSeconds: HOUR_S },
  { calls: 100, windowSeconds: MINUTE_S },
];

/** Calls in a window that has begun. */
interface Window {
  readonly endsAt: number;
  used: number;
}

/** Adds `Ratelimit-Limit`, `Ratelimit-Remaining` and `Ratelimit-Reset`; refuses with 429 where the account enforces them. */
export function rateLimits(now: () => string, { limits = {} }: SandboxAccount): MiddlewareHandler {
  const windows = new Map<string, Window>();
  return async (c, next) => {
    const { method, path } = c.req;
    const limit = limitOf(method, path);
    // Deploys and scaling of a service have the same number, and are counted apart, as each path is named in the limits.
    const counted = `${limit.method ?? "write"} ${limit.path ? path.replace(/\/srv-[^/]+/, "") : ""}`;
    const seconds = Date.parse(now()) / 1000;
    const window = openWindow(windows.get(counted), limit, seconds, limits.renderCallsLeft);
    windows.set(counted, window);
    const isOver = window.used >= limit.calls;
    if (!isOver) window.used += 1;
    const headers = {
      "Ratelimit-Limit": String(limit.calls),
      "Ratelimit-Remaining": String(limit.calls - window.used),
      "Ratelimit-Reset": String(Math.ceil(window.endsAt - seconds)),
    };
    if (isOver && limits.renderRateLimits) throw new VendorError(429, vendorEdges.render.rateLimited, headers);
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  };
}

function limitOf(method: string, path: string): RateLimit {
  const fits = (limit: RateLimit): boolean =>
    (limit.method === undefined || limit.method === method) && (limit.path === undefined || limit.path.test(path));
  return RATE_LIMITS.find(fits) ?? READS;
}

function openWindow(
  open: Window | undefined,
  limit: RateLimit,
  seconds: number,
  readsLeft: number | undefined,
): Window {
  if (open && seconds < open.endsAt) return open;
  const used = limit === READS && readsLeft !== undefined ? limit.calls - readsLeft : 0;
  return { endsAt: seconds + limit.windowSeconds, used };
}
