/** A key value store's birth, change and end, on real servers where the sandbox has them. */
import type { CacheAddress } from "../../core/caches.ts";
import { type DatastoreLifecycle, datastoreLifecycle } from "../datastores/lifecycle.ts";
import type { Render } from "../render.ts";
import type { KeyValue } from "./model.ts";

/** What can happen to a store as a whole. */
export interface KeyValueLifecycle
  extends Pick<DatastoreLifecycle<KeyValue, CacheAddress>, "create" | "addressOf" | "close"> {
  /** Takes up what a former sandbox left. */
  resumeAll(): void;
  /** Keeps a changed store, and lets it run with its new settings. */
  change(before: KeyValue, after: KeyValue): KeyValue;
  /** Deletes a store with what is in it. */
  delete(id: string): Promise<void>;
}

const MB = 2 ** 20;
/** Memory of each plan ("Pricing", Key Value). */
const MEMORY_MB: Readonly<Record<string, number>> = {
  free: 25,
  starter: 256,
  standard: 1_024,
  pro: 5_120,
  pro_plus: 10_240,
};

/** The lifecycle on the sandbox's caches. */
export function keyValueLifecycle(render: Render): KeyValueLifecycle {
  const { caches } = render.extras;
  const { start, end, ...lifecycle } = datastoreLifecycle<KeyValue, CacheAddress>(render, {
    kind: "key value store",
    items: render.keyValues,
    provide: async ({ id, password, plan, maxmemoryPolicy, persistenceMode }) =>
      caches?.provide({
        id,
        password,
        maxmemoryBytes: (MEMORY_MB[plan] ?? MEMORY_MB["pro_plus"] ?? 0) * MB,
        maxmemoryPolicy: maxmemoryPolicy.replace("_", "-"),
        persistence: persistenceMode,
      }),
  });
  return {
    ...lifecycle,
    resumeAll() {
      for (const keyValue of render.keyValues.list()) start(keyValue, "unavailable");
    },
    change(before, after) {
      const isLarger = before.plan !== after.plan;
      const isOther = isLarger || (["maxmemoryPolicy", "persistenceMode"] as const).some((n) => before[n] !== after[n]);
      const status = isLarger ? "updating_instance" : "config_restart";
      const saved = { ...after, ...(isOther && { status: status as KeyValue["status"] }), updatedAt: render.now() };
      render.keyValues.put(saved.id, saved);
      if (isOther) start(saved, "unavailable");
      return saved;
    },
    async delete(id) {
      await end(id);
      await caches?.remove(id);
      render.keyValues.delete(id);
    },
  };
}
