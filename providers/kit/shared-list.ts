/**
 * Lists that many resources of one run are looked up in. A service that shows its objects only as a list would be asked
 * for the same one by each resource.
 */

/** How old a list may be: a run looks all of them up within moments, and what somebody else does meanwhile is seen. */
const LIFE_MS = 10_000;

interface Kept<Items> {
  readonly items: Promise<Items | undefined>;
  readonly since: number;
  /** What was looked up in it, or written since. */
  readonly known: Set<string>;
}

/**
 * Each list answers once for each item: whoever asks for the same one again wants to know what has changed. A list that
 * failed, and one that is not there, answers for none but who asked for it.
 */
export class SharedLists<Items> {
  readonly #kept = new Map<string, Kept<Items>>();
  readonly #now: () => number;

  /** @param now a clock, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The list, in which `item` is looked up.
   * @param read asks the service for it; undefined when there is no such list.
   * @throws what `read` throws.
   */
  async lookUp(list: string, item: string, read: () => Promise<Items | undefined>): Promise<Items | undefined> {
    const kept = this.#kept.get(list);
    if (kept === undefined || kept.known.has(item) || this.#now() - kept.since > LIFE_MS)
      return this.#read(list, item, read);
    kept.known.add(item);
    // Another resource's request may end with that resource's time.
    return (await kept.items.catch(() => undefined)) ?? this.lookUp(list, item, read);
  }

  /** Told of each write: no list from before it answers for the item. */
  wrote(list: string, item: string): void {
    this.#kept.get(list)?.known.add(item);
  }

  async #read(list: string, item: string, read: () => Promise<Items | undefined>): Promise<Items | undefined> {
    const kept: Kept<Items> = { items: read(), since: this.#now(), known: new Set([item]) };
    this.#kept.set(list, kept);
    const forget = (): void => {
      if (this.#kept.get(list) === kept) this.#kept.delete(list);
    };
    try {
      const items = await kept.items;
      if (items === undefined) forget();
      return items;
    } catch (error) {
      forget();
      throw error;
    }
  }
}
