/** Keeps web pages of other origins from reading or steering the sandbox through its user's browser. */
import type { MiddlewareHandler } from "hono";
import { isForeign } from "../services/core/foreign.ts";

const PROBLEM = "The console answers only its own page and local programs. Open 127.0.0.1 in the browser.";

/** Answers 403 to a request of a foreign page, or under a foreign name. */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  return isForeign(c.req.raw) ? c.json({ problems: [PROBLEM] }, 403) : next();
};
