/** What emulated Render remembers of databases. */

/** Addresses that may come in from outside Render. */
export interface AllowedAddresses {
  readonly cidrBlock: string;
  readonly description: string;
}

/** A copy that is read only, and settings of PostgreSQL by name. */
export interface ReadReplica {
  readonly id: string;
  readonly name: string;
  readonly parameterOverrides?: Readonly<Record<string, string>>;
}

/** A status of Render's (schema `databaseStatus`) that a database here can have. */
export type PostgresStatus =
  | "unknown"
  | "creating"
  | "available"
  | "unavailable"
  | "suspended"
  | "recovery_in_progress"
  | "recovery_failed";

export interface Postgres {
  readonly id: string;
  readonly name: string;
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
  readonly status: PostgresStatus;
  readonly suspended: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A logical backup that was asked for. */
export interface PostgresExport {
  readonly id: string;
  readonly postgresId: string;
  readonly createdAt: string;
}
