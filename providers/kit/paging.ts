/** Lists that a service answers page by page. */
import { nameOf, type RequestName } from "./request-name.ts";

/** One page, and how to get the next: a cursor or page token, absent on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

/**
 * All items of a paged list. `fetchPage` gets the cursor of the page, undefined for the first. A service that
 * answers a cursor it has answered before would never end: that is an error, which names the request.
 */
export async function allPages<Item>(
  request: RequestName,
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.next;
    if (cursor !== undefined && seen.has(cursor)) {
      throw new Error(
        `${nameOf(request)} answers a list without an end: the page token ${JSON.stringify(cursor)} came twice`,
      );
    }
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return items;
}
