/** Lists in pages, with the Link header, as GitHub's REST API gives them. */
import type { Context } from "hono";

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

/** One page of a list, by the query's `page` and `per_page`. */
export interface Page<T> {
  readonly items: T[];
  readonly headers: Record<string, string>;
}

/** Cuts the page out of all items; `linkBase` is the address without a query. */
export function paginate<T>(c: Context, all: readonly T[], linkBase: string): Page<T> {
  const size = Math.min(positive(c.req.query("per_page"), DEFAULT_SIZE), MAX_SIZE);
  const page = positive(c.req.query("page"), 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (number: number, relation: string): string => {
    const query = new URLSearchParams({ ...c.req.query(), page: String(number), per_page: String(size) });
    return `<${linkBase}?${query}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { Link: links.join(", ") } : {},
  };
}

function positive(text: string | undefined, fallback: number): number {
  const number = Number(text ?? fallback);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
