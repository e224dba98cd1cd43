/**
 * KeyValue: a key value store on Render.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type {
  AllowedAddresses,
  AllowedAddressesArgs,
  KeyValuePlan,
  MaxmemoryPolicy,
  PersistenceMode,
  Region,
} from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a key value. */
export interface KeyValueArgs {
  /** Name of the store in the dashboard, unique in its workspace. */
  name: pulumi.Input<string>;
  /** Id of the workspace (`tea-…`) that owns the store. A change replaces it; what is in it is lost. */
  ownerId: pulumi.Input<string>;
  /** Instance type. It can grow, never shrink; growing from `free`, the store loses what is in it. */
  plan: pulumi.Input<KeyValuePlan>;
  /** Where the store runs. A change replaces it; what is in it is lost. */
  region: pulumi.Input<Region>;
  /** Id of the environment (`evm-…`) of a Render project that the store belongs to. */
  environmentId?: pulumi.Input<string>;
  /**
   * What it does when it is full: evicts keys, or refuses writes (`noeviction`, for a queue of tasks). Without it
   * the policy is left as it is.
   */
  maxmemoryPolicy?: pulumi.Input<MaxmemoryPolicy>;
  /**
   * How a paid store keeps its data on disk. Without it, it is left as it is. Changed to or from `off`, the store
   * loses what is in it.
   */
  persistenceMode?: pulumi.Input<PersistenceMode>;
  /**
   * Addresses outside Render that may connect; none by default. Services of the same workspace and region always
   * may.
   */
  ipAllowList?: pulumi.Input<pulumi.Input<AllowedAddressesArgs>[]>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  name: undefined,
  ownerId: undefined,
  plan: undefined,
  region: undefined,
  environmentId: undefined,
  maxmemoryPolicy: undefined,
  persistenceMode: undefined,
  ipAllowList: undefined,
  version: undefined,
  status: undefined,
  internalConnectionString: undefined,
  externalConnectionString: undefined,
  cliCommand: undefined,
  createdAt: undefined,
};

/**
 * A key value store on Render: Valkey, for whatever speaks to Redis (Render Public API, Key Value). Create and
 * update wait until it is available; `customTimeouts` shorten that. Plan, eviction, persistence and allow list
 * change in place. Another region or workspace replaces it, the old one first, and what is in it is lost; a smaller
 * plan is refused. Import by id (`red-…`) or name.
 */
export class KeyValue extends pulumi.CustomResource {
  /** Name of the store in the dashboard, unique in its workspace. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the workspace (`tea-…`) that owns the store. A change replaces it; what is in it is lost. */
  declare readonly ownerId: pulumi.Output<string>;
  /** Instance type. It can grow, never shrink; growing from `free`, the store loses what is in it. */
  declare readonly plan: pulumi.Output<KeyValuePlan>;
  /** Where the store runs. A change replaces it; what is in it is lost. */
  declare readonly region: pulumi.Output<Region>;
  /** Id of the environment (`evm-…`) of a Render project that the store belongs to. */
  declare readonly environmentId: pulumi.Output<string | undefined>;
  /** What it does when it is full. */
  declare readonly maxmemoryPolicy: pulumi.Output<string | undefined>;
  /** How it keeps its data on disk. */
  declare readonly persistenceMode: pulumi.Output<string | undefined>;
  /**
   * Addresses outside Render that may connect; none by default. Services of the same workspace and region always
   * may.
   */
  declare readonly ipAllowList: pulumi.Output<AllowedAddresses[]>;
  /** Version of Valkey or Redis that it runs. */
  declare readonly version: pulumi.Output<string>;
  /** Status of the store; `available` when it can be used. */
  declare readonly status: pulumi.Output<string>;
  /** URL for services of the same workspace and region. */
  declare readonly internalConnectionString: pulumi.Output<string>;
  /** URL for addresses of the allow list. */
  declare readonly externalConnectionString: pulumi.Output<string>;
  /** Command that opens a session from an address of the allow list. */
  declare readonly cliCommand: pulumi.Output<string>;
  /** When the store was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a key value. */
  constructor(name: string, args: KeyValueArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = {
      version: VERSION,
      additionalSecretOutputs: ["internalConnectionString", "externalConnectionString", "cliCommand"],
    };
    super("render:index:KeyValue", name, properties, pulumi.mergeOptions(own, options));
  }
}
