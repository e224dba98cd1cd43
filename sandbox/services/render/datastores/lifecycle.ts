/** How a datastore comes to be available, on real servers where the sandbox has them. */
import type { Collection } from "../../core/service.ts";
import type { Render } from "../render.ts";
import type { Datastore, DatastoreStatus } from "./model.ts";

/** What a kind of datastore is to its lifecycle. */
export interface DatastoreKind<Item extends Datastore, Address> {
  /** "database". */
  readonly kind: string;
  readonly items: Collection<Item>;
  /** Makes it really run, or nothing where nothing does. */
  provide(item: Item): Promise<Address | undefined>;
}

/** What can happen to a datastore as a whole. */
export interface DatastoreLifecycle<Item extends Datastore, Address> {
  /**
   * Takes a new one in, and makes it in the background: `status` until then, `available` or `failed` afterwards.
   * @param fill brings in what it begins with, once it runs.
   */
  create(item: Item, status: DatastoreStatus, failed: DatastoreStatus, fill?: () => Promise<void>): Item;
  /** Makes one run that is there: `available` afterwards, or `failed`. */
  start(item: Item, failed: DatastoreStatus): void;
  /** Gives one that is still there a status. */
  become(id: string, status: DatastoreStatus): void;
  /** Logs what went wrong, unless that is the sandbox's end. */
  tell(what: string, error: unknown): void;
  /** Where it really runs, as soon as it does; undefined where nothing really runs. */
  addressOf(item: Item): Promise<Address | undefined>;
  /** Waits for what is under way, and forgets it. */
  end(id: string): Promise<void>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** The lifecycle of one kind. */
export function datastoreLifecycle<Item extends Datastore, Address>(
  render: Render,
  { kind, items, provide }: DatastoreKind<Item, Address>,
): DatastoreLifecycle<Item, Address> {
  const under = new Map<string, Promise<Address | undefined>>();
  let closing = false;

  const become = (id: string, status: DatastoreStatus): void => {
    const item = items.get(id);
    if (item && !closing) items.put(id, { ...item, status, updatedAt: render.now() });
  };
  const tell = (what: string, error: unknown): void => {
    if (!closing) render.log(`render: ${what}: ${error instanceof Error ? error.message : error}`);
  };
  const start = (item: Item, failed: DatastoreStatus, fill?: () => Promise<void>): void => {
    const provided = (async () => {
      try {
        const address = await provide(item);
        await fill?.();
        become(item.id, "available");
        return address;
      } catch (error) {
        tell(`the ${kind} ${item.name} does not run`, error);
        become(item.id, failed);
        return undefined;
      }
    })();
    under.set(item.id, provided);
  };

  return {
    create(item, status, failed, fill) {
      const taken = items.put(item.id, item);
      become(item.id, status);
      start(item, failed, fill);
      return taken;
    },
    start: (item, failed) => start(item, failed),
    become,
    tell,
    addressOf: async ({ id }) => under.get(id),
    async end(id) {
      await under.get(id);
      under.delete(id);
    },
    async close() {
      closing = true;
      await Promise.all(under.values());
    },
  };
}
