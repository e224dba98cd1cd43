/** What every answer of GitHub's REST API has: the sender and token checks, rate limit headers, entity tags. */
import type { Context, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { SandboxAccount } from "../core/service.ts";
import { unauthorized } from "./errors.ts";
import type { Account, Identity } from "./identity.ts";

const HOURLY_LIMIT = 5_000;
const HOUR_MS = 3_600_000;
/** Scopes of a classic token that the whole chain needs. */
const SCOPES = "admin:org, admin:public_key, admin:repo_hook, delete_repo, repo, workflow";

/**
 * Refuses a request that does not name its sender, before anything else is looked at (GitHub Docs, "Getting started with
 * the REST API", User agent required).
 */
export function senders(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header("User-Agent")) return next();
    const text =
      "Request forbidden by administrative rules. Please make sure your request has a User-Agent header " +
      "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).";
    return c.html(`${text}\n`, 403);
  };
}

/** Refuses a missing or wrong token, as `Bearer`, `token` or Basic password. */
export function authentication(identity: Identity): MiddlewareHandler {
  return async (c, next) => {
    caller(identity, c);
    return next();
  };
}

/** The user whose token a request bears. Throws 401 for a missing or wrong token. */
export function caller(identity: Identity, c: Context): Account {
  const header = c.req.header("Authorization");
  if (!header) throw unauthorized("Requires authentication");
  const holder = tokenHolder(identity, header);
  if (!holder) throw unauthorized("Bad credentials");
  return holder;
}

/** Whose token an `Authorization` header bears; undefined for one that opens nothing. */
export function tokenHolder(identity: Identity, header: string): Account | undefined {
  return identity.holder(tokenOf(header));
}

function tokenOf(header: string): string {
  const [scheme = "", credentials = ""] = header.split(" ");
  if (scheme.toLowerCase() !== "basic") return credentials;
  const decoded = Buffer.from(credentials, "base64").toString();
  return decoded.slice(decoded.indexOf(":") + 1);
}

/**
 * Counts calls in hourly windows and tells how many are left; it never refuses one. `GET /rate_limit` tells the same and
 * does not count.
 */
export function rateLimitHeaders(now: () => string, { limits = {} }: SandboxAccount): MiddlewareHandler {
  const before = HOURLY_LIMIT - (limits.githubCallsLeft ?? HOURLY_LIMIT);
  let windowEnd = 0;
  let used = before;
  return async (c, next) => {
    const time = Date.parse(now());
    if (time >= windowEnd || used >= HOURLY_LIMIT - 1) {
      windowEnd = time + HOUR_MS;
      used = before;
    }
    const isQuestion = c.req.path.endsWith("/rate_limit");
    if (!isQuestion) used += 1;
    await next();
    if (isQuestion && c.res.status === 200) c.res = Response.json(rateLimits(used, windowEnd));
    c.header("X-RateLimit-Limit", String(HOURLY_LIMIT));
    c.header("X-RateLimit-Remaining", String(HOURLY_LIMIT - used));
    c.header("X-RateLimit-Used", String(used));
    c.header("X-RateLimit-Reset", String(Math.ceil(windowEnd / 1000)));
    c.header("X-RateLimit-Resource", "core");
    c.header("X-GitHub-Media-Type", "github.v3; format=json");
    c.header("X-GitHub-Api-Version-Selected", "2022-11-28");
    // A fine-grained token has permissions, and no scopes.
    if (!limits.githubPermissions) c.header("X-OAuth-Scopes", limits.githubScopes?.join(", ") ?? SCOPES);
    c.header("Server", "GitHub.com");
  };
}

function rateLimits(used: number, windowEnd: number) {
  const reset = Math.ceil(windowEnd / 1000);
  const core = { limit: HOURLY_LIMIT, used, remaining: HOURLY_LIMIT - used, reset };
  return { resources: { core }, rate: core };
}

/** `ETag` on what is read, and 304 for a matching `If-None-Match`. */
export function entityTags(): MiddlewareHandler {
  const tag = etag({ weak: true });
  return async (c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isRead) return next();
    c.header("Cache-Control", "private, max-age=60, s-maxage=60");
    c.header("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    return tag(c, next);
  };
}
