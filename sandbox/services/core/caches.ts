/** How emulated Render runs key value stores. The real ones are in sandbox/docker; without them a store is only described. */

/** A store that is asked for. */
export interface CacheRequest {
  /** Tells it from the others; the name of a file, too. */
  readonly id: string;
  readonly password: string;
  readonly maxmemoryBytes: number;
  /** As Valkey's configuration has it: "allkeys-lru". */
  readonly maxmemoryPolicy: string;
  readonly persistence: "journal_snapshot" | "snapshot" | "off";
}

/** Where a store answers, also from the site's containers, as URLs name it. */
export interface CacheAddress {
  readonly host: string;
  readonly port: number;
}

/** Real key value stores, each with a server and a password of its own. */
export interface Caches {
  /**
   * Starts the store with what was kept of it, at the address of the last time; one that runs already gets the settings.
   * @throws Error with a readable reason when the server cannot be had or does not start.
   */
  provide(request: CacheRequest): Promise<CacheAddress>;
  /** Removes a store with what is in it. What is not there is fine. */
  remove(id: string): Promise<void>;
  /** Removes every store with what is in it. */
  clear(): Promise<void>;
  /** Stops the servers; what they keep stays. */
  close(): Promise<void>;
}
