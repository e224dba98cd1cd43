/** What every service does with its collections. */
import type { Collection } from "./service.ts";

/** Deletes every item that the filter accepts. `key` gives an item's id in its collection. */
export function deleteWhere<T>(
  collection: Collection<T>,
  key: (item: T) => string,
  filter: (item: T) => boolean,
): void {
  for (const item of collection.list(filter)) collection.delete(key(item));
}
