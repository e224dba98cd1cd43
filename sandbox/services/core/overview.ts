/** What a service has, for people to look at: the console's page shows it. Names and states only, never a secret. */

/** An object worth showing. */
export interface ShownObject {
  /** The same for as long as the object exists. */
  readonly id: string;
  readonly name: string;
  /** What tells it from others of its kind: an image, a branch, a short digest. */
  readonly detail?: string;
  /** The vendor's own word for its state, and how good that is. */
  readonly status?: { readonly text: string; readonly tone: StatusTone };
  /** Where a person can look at it. */
  readonly url?: string;
  /** When it was made or last changed, as ISO 8601. */
  readonly time?: string;
}

/** "good" works, "busy" is on its way, "bad" failed, "quiet" is off or of the past. */
export type StatusTone = "good" | "busy" | "bad" | "quiet";

/** All objects of one kind: how many, and the newest. */
export interface ObjectGroup {
  /** Plural, as a heading. */
  readonly title: string;
  readonly count: number;
  /** The newest first. */
  readonly newest: readonly ShownObject[];
}

const NEWEST = 5;

/** A group of the given items, which come oldest first; only the newest are shown. */
export function objectGroup<T>(title: string, items: readonly T[], show: (item: T) => ShownObject): ObjectGroup {
  return { title, count: items.length, newest: items.slice(-NEWEST).reverse().map(show) };
}
