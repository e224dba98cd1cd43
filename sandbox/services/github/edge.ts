/** What every answer of GitHub's REST API has: the token check, rate limit headers, entity tags. */
import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { SandboxAccount } from "../core/service.ts";
import { unauthorized } from "./errors.ts";

const HOURLY_LIMIT = 5_000;
const HOUR_MS = 3_600_000;
/** Scopes of a classic token that the whole chain needs. */
const SCOPES = "admin:org, admin:public_key, admin:repo_hook, delete_repo, repo, workflow";

/** Refuses a missing or wrong token, as `Bearer`, `token` or Basic password. */
export function authentication(account: SandboxAccount): MiddlewareHandler {
  return async (c, next) => {
    const header = c.req.header("Authorization");
    if (!header) throw unauthorized("Requires authentication");
    if (tokenOf(header) !== account.tokens.github) throw unauthorized("Bad credentials");
    return next();
  };
}

function tokenOf(header: string): string {
  const [scheme = "", credentials = ""] = header.split(" ");
  if (scheme.toLowerCase() !== "basic") return credentials;
  const decoded = Buffer.from(credentials, "base64").toString();
  return decoded.slice(decoded.indexOf(":") + 1);
}

/** Counts calls in hourly windows and tells how many are left; it never refuses one. */
export function rateLimitHeaders(now: () => string): MiddlewareHandler {
  let windowEnd = 0;
  let used = 0;
  return async (c, next) => {
    const time = Date.parse(now());
    if (time >= windowEnd || used >= HOURLY_LIMIT - 1) {
      windowEnd = time + HOUR_MS;
      used = 0;
    }
    used += 1;
    await next();
    c.header("X-RateLimit-Limit", String(HOURLY_LIMIT));
    c.header("X-RateLimit-Remaining", String(HOURLY_LIMIT - used));
    c.header("X-RateLimit-Used", String(used));
    c.header("X-RateLimit-Reset", String(Math.ceil(windowEnd / 1000)));
    c.header("X-RateLimit-Resource", "core");
    c.header("X-GitHub-Media-Type", "github.v3; format=json");
    c.header("X-GitHub-Api-Version-Selected", "2022-11-28");
    c.header("X-OAuth-Scopes", SCOPES);
    c.header("Server", "GitHub.com");
  };
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
