/** What starts the server of a key value store, whichever way the machine allows. */
import type { CacheRequest } from "../../services/core/caches.ts";

/** A server that is being started. */
export interface CacheServerSetup {
  /** The store's own folder, which is there. What it keeps goes into `data` below it. */
  readonly folder: string;
  readonly request: CacheRequest;
  /** Port to listen on, on loopback. */
  readonly port: number;
  /** True once the server takes the password. */
  answers(signal: AbortSignal): Promise<boolean>;
}

/** A way to run servers. */
export interface CacheServerKind {
  /** Provides what it takes. @throws Error with the next step when it cannot be had. */
  prepare(): Promise<void>;
  /** Starts a server. @throws Error with the last lines of its log; nothing is left running then. */
  start(setup: CacheServerSetup): Promise<{ close(): Promise<void> }>;
}

/** Snapshots after a minute with a change, and when it is stopped ("redis.conf", save). */
const SNAPSHOTS = "60 1";

/** What of the settings a running server can be told, by their names in its configuration. */
export function settingsOf({
  maxmemoryBytes,
  maxmemoryPolicy,
  persistence,
}: CacheRequest): Readonly<Record<string, string>> {
  return {
    maxmemory: String(maxmemoryBytes),
    "maxmemory-policy": maxmemoryPolicy,
    save: persistence === "off" ? "" : SNAPSHOTS,
    appendonly: persistence === "journal_snapshot" ? "yes" : "no",
  };
}

/** The text of its configuration file, in which no secret stands in a process list. */
export function configurationFile(
  request: CacheRequest,
  place: { readonly address: string; readonly port: number; readonly data: string },
): string {
  const lines = {
    bind: place.address,
    port: String(place.port),
    dir: place.data,
    daemonize: "no",
    // It would write its title over the environment, by which what a crash leaves is found.
    "set-proc-title": "no",
    requirepass: request.password,
    ...settingsOf(request),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name} ${value === "" ? '""' : value}\n`)
    .join("");
}
