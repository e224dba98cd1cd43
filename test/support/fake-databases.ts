/** Databases that run nowhere: what a test does not say is done at once. */
import type { Databases } from "../../sandbox/services/core/databases.ts";

/** Makes them. */
export function fakeDatabases(changes: Partial<Databases> = {}): Databases {
  return {
    provide: async ({ version }) => ({ host: "127.0.0.1", port: 5432, version }),
    dump: async () => new Uint8Array(),
    restore: async () => {},
    remove: async () => {},
    clear: async () => {},
    close: async () => {},
    ...changes,
  };
}
