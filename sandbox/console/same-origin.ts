/** Keeps web pages of other origins from reading or steering the sandbox through its user's browser. */
import type { MiddlewareHandler } from "hono";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Answers 403 to a request that another page's script made, and to one that reached this address by a foreign name
 * ("DNS rebinding"). Programs other than browsers send no Origin and pass.
 */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const { hostname, origin: own } = new URL(c.req.url);
  const origin = c.req.header("Origin");
  if (!LOOPBACK_NAMES.includes(hostname) || (origin !== undefined && origin !== own)) {
    const problem = `The console answers only its own page and local programs. Open ${LOOPBACK_NAMES[0]} in the browser.`;
    return c.json({ problems: [problem] }, 403);
  }
  return next();
};
