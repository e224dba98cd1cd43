/** What databases and key value stores have in common in emulated Render's memory. */
import { z } from "zod";

/** Addresses that may come in from outside Render. */
export interface AllowedAddresses {
  readonly cidrBlock: string;
  readonly description: string;
}

/** A status of Render's (schema `databaseStatus`) that a datastore here can have. */
export type DatastoreStatus =
  | "unknown"
  | "creating"
  | "available"
  | "unavailable"
  | "config_restart"
  | "updating_instance"
  | "suspended"
  | "recovery_in_progress"
  | "recovery_failed";

/** A database or a key value store. */
export interface Datastore {
  readonly id: string;
  readonly name: string;
  readonly status: DatastoreStatus;
  readonly updatedAt: string;
}

/** Regions as described (schema `region`). */
export const region = z.enum(["frankfurt", "oregon", "ohio", "singapore", "virginia"]);

/** The allow list of a request (schema `cidrBlockAndDescription`). */
export const newAllowList = z.array(z.object({ cidrBlock: z.string(), description: z.string() }));

/** As recorded: an empty allow list is null. */
export function describeAllowList(list: readonly AllowedAddresses[]): readonly AllowedAddresses[] | null {
  return list.length > 0 ? list : null;
}
