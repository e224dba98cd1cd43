/**
 * Postgres: a PostgreSQL database on Render.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type {
  AllowedAddresses,
  AllowedAddressesArgs,
  PostgresPlan,
  PostgresVersion,
  ReadReplica,
  ReadReplicaArgs,
  Region,
} from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a postgres. */
export interface PostgresArgs {
  /** Name of the database in the dashboard, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns the database. A change is refused. */
  ownerId: pulumi.Input<string>;
  /** Instance type. `free` is for a new database only: a change to it is refused. */
  plan: pulumi.Input<PostgresPlan>;
  /** Major version of PostgreSQL. A change is refused: Render upgrades in its dashboard. */
  version: pulumi.Input<PostgresVersion>;
  /** Where the database runs. A change is refused. */
  region: pulumi.Input<Region>;
  /** Id of the environment (`evm-…`) of a Render project that the database belongs to. */
  environmentId?: pulumi.Input<string>;
  /** Name of the database on its server. Render makes one up without it. A change is refused. */
  databaseName?: pulumi.Input<string>;
  /** Name of the user that owns it. Render makes one up without it. A change is refused. */
  databaseUser?: pulumi.Input<string>;
  /**
   * Size of its disk in GB: 1, or a multiple of 5. It can grow, never shrink. Without it the size is left as it is.
   */
  diskSizeGB?: pulumi.Input<number>;
  /**
   * Whether a standby takes over when the database fails. For plans of the Pro families and larger. Default
   * `false`.
   */
  highAvailability?: pulumi.Input<boolean>;
  /**
   * Addresses outside Render that may connect; none by default. Services of the same workspace and region always
   * may.
   */
  ipAllowList?: pulumi.Input<pulumi.Input<AllowedAddressesArgs>[]>;
  /** Settings of PostgreSQL by name, as texts: all that are set. Without it they are left as they are. */
  parameterOverrides?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Copies that are read only: all that there are. Without it they are left as they are. */
  readReplicas?: pulumi.Input<pulumi.Input<ReadReplicaArgs>[]>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  ownerId: undefined,
  plan: undefined,
  version: undefined,
  region: undefined,
  environmentId: undefined,
  databaseName: undefined,
  databaseUser: undefined,
  diskSizeGB: undefined,
  highAvailability: undefined,
  ipAllowList: undefined,
  parameterOverrides: undefined,
  readReplicas: undefined,
  diskAutoscalingEnabled: undefined,
  status: undefined,
  suspended: undefined,
  readReplicaIds: undefined,
  password: undefined,
  internalConnectionString: undefined,
  externalConnectionString: undefined,
  psqlCommand: undefined,
  dashboardUrl: undefined,
  createdAt: undefined,
  expiresAt: undefined,
};

/**
 * A PostgreSQL database on Render (Render Public API, Postgres). Create and update wait until it is available;
 * `customTimeouts` shorten that. Plan, disk, high availability, allow list, settings and replicas change in place.
 * Another version, region, workspace, database name or user, or a smaller disk, is refused, because only another
 * database could have it. Import by id (`dpg-…`) or name.
 */
export class Postgres extends pulumi.CustomResource {
  /** Name of the database in the dashboard, unique in its workspace. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the workspace (`tea-…`) that owns the database. A change is refused. */
  declare readonly ownerId: pulumi.Output<string>;
  /** Instance type. `free` is for a new database only: a change to it is refused. */
  declare readonly plan: pulumi.Output<PostgresPlan>;
  /** Major version of PostgreSQL. A change is refused: Render upgrades in its dashboard. */
  declare readonly version: pulumi.Output<PostgresVersion>;
  /** Where the database runs. A change is refused. */
  declare readonly region: pulumi.Output<Region>;
  /** Id of the environment (`evm-…`) of a Render project that the database belongs to. */
  declare readonly environmentId: pulumi.Output<string | undefined>;
  /** Name of the database on its server. */
  declare readonly databaseName: pulumi.Output<string>;
  /** Name of the user that owns it. */
  declare readonly databaseUser: pulumi.Output<string>;
  /** Size of its disk in GB. */
  declare readonly diskSizeGB: pulumi.Output<number | undefined>;
  /** Whether a standby takes over when the database fails. For plans of the Pro families and larger. */
  declare readonly highAvailability: pulumi.Output<boolean>;
  /**
   * Addresses outside Render that may connect; none by default. Services of the same workspace and region always
   * may.
   */
  declare readonly ipAllowList: pulumi.Output<AllowedAddresses[]>;
  /** Settings of PostgreSQL by name, as texts: all that are set. Without it they are left as they are. */
  declare readonly parameterOverrides: pulumi.Output<Record<string, string> | undefined>;
  /** Copies that are read only: all that there are. Without it they are left as they are. */
  declare readonly readReplicas: pulumi.Output<ReadReplica[] | undefined>;
  /**
   * Whether Render enlarges the disk by itself; switched in its dashboard. The disk may be larger than declared
   * then.
   */
  declare readonly diskAutoscalingEnabled: pulumi.Output<boolean>;
  /** Status of the database; `available` when it can be used. */
  declare readonly status: pulumi.Output<string>;
  /** Whether the database is suspended. */
  declare readonly suspended: pulumi.Output<boolean>;
  /** Ids of the read replicas by name. */
  declare readonly readReplicaIds: pulumi.Output<Record<string, string>>;
  /** Password of the user. */
  declare readonly password: pulumi.Output<string>;
  /** URL for services of the same workspace and region. */
  declare readonly internalConnectionString: pulumi.Output<string>;
  /** URL for addresses of the allow list. */
  declare readonly externalConnectionString: pulumi.Output<string>;
  /** Command that opens a session from an address of the allow list. */
  declare readonly psqlCommand: pulumi.Output<string>;
  /** Address of the database's page in the dashboard. */
  declare readonly dashboardUrl: pulumi.Output<string>;
  /** When the database was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When a free database ends, ISO 8601. */
  declare readonly expiresAt: pulumi.Output<string | undefined>;

  /** Declares a postgres. */
  constructor(name: string, args: PostgresArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = {
      version: VERSION,
      additionalSecretOutputs: ["password", "internalConnectionString", "externalConnectionString", "psqlCommand"],
    };
    super("render:index:Postgres", name, properties, pulumi.mergeOptions(own, options));
  }
}
