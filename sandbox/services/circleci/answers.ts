/** How CircleCI answers and refuses: messages, pages, names in two spellings. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ZodType, z } from "zod";
import { readJsonBody } from "../core/json-body.ts";
import { VendorError } from "../core/vendor-error.ts";

/** Refuses with CircleCI's error body. */
export function refuse(status: ContentfulStatusCode, message: string): never {
  throw new VendorError(status, { message });
}

/** The request's JSON, checked. Refuses with 400 and the first thing that is wrong, named by its path. */
export function readBody<T extends ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  return readJsonBody(c, schema, (problem) => {
    switch (problem.kind) {
      case "not-json":
        return refuse(400, "Invalid JSON body.");
      case "wrong-shape":
        return refuse(400, "Unexpected request body provided.");
      case "unknown-field":
        return refuse(400, `Unexpected field '${problem.path}'.`);
      case "missing-field":
        return refuse(400, `Missing field '${problem.path}'.`);
      default:
        return refuse(400, `Invalid field '${problem.path}'.`);
    }
  });
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_page_token: string | null;
}

/** The page that the request's `page-token` asks for. Refuses with 400 when the token is not one of ours. */
export function page<T>(c: Context, items: readonly T[], size = 20): Page<T> {
  const start = offsetOf(c.req.query("page-token") ?? "");
  const end = start + size;
  return { items: items.slice(start, end), next_page_token: end < items.length ? tokenOf(end) : null };
}

function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64url");
}

function offsetOf(token: string): number {
  if (token === "") return 0;
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (match === null) refuse(400, "Invalid page token.");
  return Number(match[1]);
}

/**
 * Adds every `snake_case` name in its hyphenated spelling. The description of CircleCI's API v2 says `created-at`,
 * the service itself answers `created_at`; clients of both kinds are in use.
 */
export function inBothSpellings(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const hyphenated = Object.entries(fields).map(([name, value]) => [name.replaceAll("_", "-"), value]);
  return { ...fields, ...Object.fromEntries(hyphenated) };
}
