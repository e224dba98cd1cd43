/** What emulated Render remembers of key value stores. */
import type { AllowedAddresses, Datastore } from "../datastores/model.ts";

export interface KeyValue extends Datastore {
  readonly ownerId: string;
  readonly environmentId?: string;
  readonly plan: string;
  readonly region: string;
  readonly maxmemoryPolicy: string;
  readonly persistenceMode: "journal_snapshot" | "snapshot" | "off";
  readonly ipAllowList: readonly AllowedAddresses[];
  readonly password: string;
  readonly createdAt: string;
}
