/** Waits that GitHub asks for ("Rate limits for the REST API"). */

/**
 * How long to wait before the same request may be sent again; undefined when the answer is no rate limit.
 * The primary limit names the time of its reset, the secondary one a number of seconds.
 */
export function rateLimitWaitMs(status: number, headers: Headers, body: unknown, nowMs: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  if (headers.get("x-ratelimit-remaining") === "0") {
    return Math.max(0, Number(headers.get("x-ratelimit-reset") ?? 0) * 1000 - nowMs);
  }
  if (!isSecondaryLimit(body)) return undefined;
  return Number(headers.get("retry-after") ?? 0) * 1000;
}

function isSecondaryLimit(body: unknown): boolean {
  if (typeof body !== "object" || body === null || !("documentation_url" in body)) return false;
  return /(#abuse-rate-limits|secondary-rate-limits)$/.test(String(body.documentation_url));
}
