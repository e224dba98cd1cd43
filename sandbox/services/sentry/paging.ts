/** Lists by cursor, with the Link header that Sentry always sends. */
import type { Context } from "hono";

const DEFAULT_SIZE = 100;
const MAX_SIZE = 100;

/** Answers one page of a list. A cursor is `<value>:<offset>:<is previous>`. */
export function pageOf<T>(c: Context, all: readonly T[], show: (item: T) => object): Response {
  const asked = Number(c.req.query("per_page") ?? DEFAULT_SIZE);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_SIZE) : DEFAULT_SIZE;
  const page = Number((c.req.query("cursor") ?? "0:0:0").split(":")[1]) || 0;
  const url = new URL(c.req.url);
  const link = (relation: "previous" | "next", target: number, isPrevious: 0 | 1, results: boolean): string => {
    const cursor = `0:${target}:${isPrevious}`;
    url.searchParams.set("cursor", cursor);
    return `<${url}>; rel="${relation}"; results="${results}"; cursor="${cursor}"`;
  };
  const links = [
    link("previous", Math.max(0, page - 1), 1, page > 0),
    link("next", page + 1, 0, (page + 1) * size < all.length),
  ];
  const items = all.slice(page * size, (page + 1) * size).map(show);
  return c.json(items, 200, { Link: links.join(", ") });
}
