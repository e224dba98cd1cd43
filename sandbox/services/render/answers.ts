/** How Render answers and refuses: error bodies, checked requests, pages with cursors, filters in the query. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ZodType, z } from "zod";
import { readJsonBody } from "../core/json-body.ts";
import type { Collection } from "../core/service.ts";
import { VendorError } from "../core/vendor-error.ts";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** Refuses with Render's error body. */
export function refuse(status: ContentfulStatusCode, message: string): never {
  throw new VendorError(status, { message });
}

/** An item by its key in the collection. Refuses with Render's 404, which tells the name. */
export function existing<T>(collection: Collection<T>, key: string, name = key): T {
  const item = collection.get(key);
  if (item === undefined) refuse(404, `not found: ${name}`);
  return item;
}

/** A path parameter that the route's pattern guarantees. */
export function param(c: Context, name: string): string {
  return c.req.param(name) ?? "";
}

/** The request's JSON, checked. Refuses with 400 and the first thing that is wrong, named by its path. */
export function readBody<T extends ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  return readJsonBody(c, schema, (problem) => {
    switch (problem.kind) {
      case "not-json":
        return refuse(400, "invalid JSON");
      case "wrong-shape":
        return refuse(400, "invalid request body");
      case "missing-field":
        return refuse(400, `missing ${problem.path}`);
      case "unknown-value":
        return refuse(400, `invalid ${problem.path}: ${String(problem.value)}`);
      default:
        return refuse(400, `invalid ${problem.path}`);
    }
  });
}

/**
 * The page that `cursor` and `limit` ask for: what comes after the item whose cursor it is. A client reads on with
 * the last item's cursor until a page is empty. Refuses with 400 what is no cursor or no limit.
 */
export function page<T>(c: Context, items: readonly T[], idOf: (item: T) => string): T[] {
  const limit = Number(c.req.query("limit") ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) refuse(400, `invalid limit: ${c.req.query("limit")}`);
  const cursor = c.req.query("cursor");
  if (!cursor) return items.slice(0, limit);
  const last = items.findIndex((item) => cursorOf(idOf(item)) === cursor);
  if (last === -1) refuse(400, `invalid cursor: ${cursor}`);
  return items.slice(last + 1, last + 1 + limit);
}

/** An item's place in its list, opaque to the client. */
export function cursorOf(id: string): string {
  return Buffer.from(id).toString("base64url");
}

/** The values of a filter, given repeatedly or separated by commas; undefined when it is not given. */
function filterValues(c: Context, name: string): string[] | undefined {
  return c.req.queries(name)?.flatMap((value) => value.split(","));
}

/** Whether a value passes the query's filter of that name. */
export function passes(c: Context, name: string, value: string | undefined): boolean {
  const wanted = filterValues(c, name);
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

/** Whether an item passes the filters `createdBefore`, `updatedAfter` and so on. */
export function passesTimes(
  c: Context,
  item: { createdAt?: string; updatedAt?: string; finishedAt?: string },
): boolean {
  return (["created", "updated", "finished"] as const).every((kind) => {
    const time = item[`${kind}At`];
    const before = c.req.query(`${kind}Before`);
    const after = c.req.query(`${kind}After`);
    if (before !== undefined && !(time !== undefined && Date.parse(time) < Date.parse(before))) return false;
    return after === undefined || (time !== undefined && Date.parse(time) > Date.parse(after));
  });
}
