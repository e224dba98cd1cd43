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
  /** The requests that share the limit, as `METHOD /path`; what it captures has a limit of its own. */
  readonly requests: RegExp;
  readonly calls: number;
  readonly windowSeconds: number;
}

const READS: RateLimit = { requests: /^GET /, calls: 400, windowSeconds: MINUTE_S };

/**
 * The limits, the first that fits counts. Numbers: recorded `ratelimit-limit` of each request. Windows, and that some
 * requests share a limit and others have one for each service: "Rate Limiting" in the Render API's reference.
 */
const RATE_LIMITS: readonly RateLimit[] = [
  READS,
  { requests: /^POST \/v1\/services$/, calls: 20, windowSeconds: HOUR_S },
  { requests: /^POST \/v1\/postgres$/, calls: 20, windowSeconds: HOUR_S },
  { requests: /^POST \/v1\/key-value$/, calls: 20, windowSeconds: HOUR_S },
  {
    requests: /^(?:PATCH|POST) \/v1\/services\/([^/]+)(?:\/(?:deploys|scale|suspend|resume))?$/,
    calls: 10,
    windowSeconds: MINUTE_S,
  },
  { requests: /^POST \/v1\/services\/[^/]+\/custom-domains(?:\/[^/]+\/verify)?$/, calls: 50, windowSeconds: HOUR_S },
  { requests: /^/, calls: 100, windowSeconds: MINUTE_S },
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
    const { limit, counted } = limitOf(`${c.req.method} ${c.req.path}`);
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

/** The limit of a request, and what its calls are counted under. */
function limitOf(request: string): { limit: RateLimit; counted: string } {
  const limit = RATE_LIMITS.find(({ requests }) => requests.test(request)) ?? READS;
  const [, service = ""] = limit.requests.exec(request) ?? [];
  return { limit, counted: `${RATE_LIMITS.indexOf(limit)} ${service}` };
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
