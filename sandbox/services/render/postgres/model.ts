/** What emulated Render remembers of databases. */
import type { AllowedAddresses, Datastore } from "../datastores/model.ts";

/** A copy that is read only, and settings of PostgreSQL by name. */
export interface ReadReplica {
  readonly id: string;
  readonly name: string;
  readonly parameterOverrides?: Readonly<Record<string, string>>;
}

export interface Postgres extends Datastore {
  readonly ownerId: string;
  readonly environmentId?: string;
  readonly plan: string;
  readonly version: string;
  readonly region: string;
  readonly databaseName: string;
  readonly databaseUser: string;
  readonly password: string;
  readonly diskSizeGB: number;
  readonly highAvailabilityEnabled: boolean;
  readonly ipAllowList: readonly AllowedAddresses[];
  readonly parameterOverrides: Readonly<Record<string, string>>;
  readonly readReplicas: readonly ReadReplica[];
  readonly suspended: boolean;
  readonly createdAt: string;
}

/** A logical backup that was asked for. */
export interface PostgresExport {
  readonly id: string;
  readonly postgresId: string;
  readonly createdAt: string;
  /** Whoever has it may fetch the file. */
  readonly key: string;
  /** The file in base64; undefined until it is made. */
  readonly archive?: string;
}
