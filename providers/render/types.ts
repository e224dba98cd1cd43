/**
 * Types of the resources' properties.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import type * as pulumi from "@pulumi/pulumi";

/** What Registry can be. */
export type Registry = "DOCKER" | "GITHUB" | "GITLAB" | "GOOGLE_ARTIFACT" | "AWS_ECR";

/** What ProtectedStatus can be. */
export type ProtectedStatus = "unprotected" | "protected";

/** An environment that is declared with its project. */
export interface ProjectEnvironmentArgs {
  /** Name of the environment, unique in its project. */
  name: pulumi.Input<string>;
  /** In a `protected` environment only admins may do what destroys something. Default `unprotected`. */
  protectedStatus?: pulumi.Input<ProtectedStatus>;
  /** Whether private network traffic from and to other environments is blocked. Default `false`. */
  networkIsolationEnabled?: pulumi.Input<boolean>;
}

/** As the service has it: an environment that is declared with its project. */
export interface ProjectEnvironment {
  /** Name of the environment, unique in its project. */
  readonly name: string;
  /** In a `protected` environment only admins may do what destroys something. */
  readonly protectedStatus: ProtectedStatus;
  /** Whether private network traffic from and to other environments is blocked. */
  readonly networkIsolationEnabled: boolean;
}

/** What PostgresPlan can be. */
export type PostgresPlan =
  | "free"
  | "basic_256mb"
  | "basic_1gb"
  | "basic_4gb"
  | "pro_4gb"
  | "pro_8gb"
  | "pro_16gb"
  | "pro_32gb"
  | "pro_64gb"
  | "pro_128gb"
  | "pro_192gb"
  | "pro_256gb"
  | "pro_384gb"
  | "pro_512gb"
  | "accelerated_16gb"
  | "accelerated_32gb"
  | "accelerated_64gb"
  | "accelerated_128gb"
  | "accelerated_256gb"
  | "accelerated_384gb"
  | "accelerated_512gb"
  | "accelerated_768gb"
  | "accelerated_1024gb"
  | "starter"
  | "standard"
  | "pro"
  | "pro_plus"
  | "custom";

/** What PostgresVersion can be. */
export type PostgresVersion = "11" | "12" | "13" | "14" | "15" | "16" | "17";

/** What Region can be. */
export type Region = "frankfurt" | "ohio" | "oregon" | "singapore" | "virginia";

/** A part of a resource. */
export interface AllowedAddressesArgs {
  /** Addresses in CIDR notation: `203.0.113.7/32`. */
  cidrBlock: pulumi.Input<string>;
  /** What the addresses are. */
  description?: pulumi.Input<string>;
}

/** As the service has it: a part of a resource. */
export interface AllowedAddresses {
  /** Addresses in CIDR notation: `203.0.113.7/32`. */
  readonly cidrBlock: string;
  /** What the addresses are. */
  readonly description: string;
}

/** A part of a resource. */
export interface ReadReplicaArgs {
  /** Name of the replica, unique among those of the database. */
  name: pulumi.Input<string>;
  /** Settings of PostgreSQL for this replica, by name. */
  parameterOverrides?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** As the service has it: a part of a resource. */
export interface ReadReplica {
  /** Name of the replica, unique among those of the database. */
  readonly name: string;
  /** Settings of PostgreSQL for this replica, by name. */
  readonly parameterOverrides?: Record<string, string>;
}

/** What KeyValuePlan can be. */
export type KeyValuePlan = "free" | "starter" | "standard" | "pro" | "pro_plus" | "custom";

/** What MaxmemoryPolicy can be. */
export type MaxmemoryPolicy =
  | "noeviction"
  | "allkeys_lfu"
  | "allkeys_lru"
  | "allkeys_random"
  | "volatile_lfu"
  | "volatile_lru"
  | "volatile_random"
  | "volatile_ttl";

/** What PersistenceMode can be. */
export type PersistenceMode = "journal_snapshot" | "snapshot" | "off";

/** What ImageManagement can be. */
export type ImageManagement = "declared" | "external";

/**
 * Instances by load, in place of a fixed number. What was declared and is not any more is switched off; what was
 * switched on by hand is left alone.
 */
export interface AutoscalingArgs {
  /** The smallest number of instances. */
  min: pulumi.Input<number>;
  /** The largest number of instances. */
  max: pulumi.Input<number>;
  /** Use of the CPU in percent that Render aims at. Without it the CPU is not looked at. */
  cpu?: pulumi.Input<number>;
  /** Use of memory in percent that Render aims at. Without it memory is not looked at. */
  memory?: pulumi.Input<number>;
}

/**
 * As the service has it: instances by load, in place of a fixed number. What was declared and is not any more is
 * switched off; what was switched on by hand is left alone.
 */
export interface Autoscaling {
  /** The smallest number of instances. */
  readonly min: number;
  /** The largest number of instances. */
  readonly max: number;
  /** Use of the CPU in percent that Render aims at. Without it the CPU is not looked at. */
  readonly cpu?: number;
  /** Use of memory in percent that Render aims at. Without it memory is not looked at. */
  readonly memory?: number;
}

/**
 * A disk that survives deploys, of one instance: such a service has no other, and stops for a moment with each
 * deploy. To drop it, or what would replace the service, is refused, because its data would be lost. Without it the
 * service's disk is left alone.
 */
export interface DiskArgs {
  /** Name of the disk. */
  name: pulumi.Input<string>;
  /** Where the service finds it. */
  mountPath: pulumi.Input<string>;
  /** Size in GB. It can grow, never shrink. Default `1`. */
  sizeGB?: pulumi.Input<number>;
}

/**
 * As the service has it: a disk that survives deploys, of one instance: such a service has no other, and stops for
 * a moment with each deploy. To drop it, or what would replace the service, is refused, because its data would be
 * lost. Without it the service's disk is left alone.
 */
export interface Disk {
  /** Name of the disk. */
  readonly name: string;
  /** Where the service finds it. */
  readonly mountPath: string;
  /** Size in GB. It can grow, never shrink. */
  readonly sizeGB: number;
}

/** What Plan can be. */
export type Plan =
  | "free"
  | "starter"
  | "starter_plus"
  | "standard"
  | "standard_plus"
  | "pro"
  | "pro_plus"
  | "pro_max"
  | "pro_ultra"
  | "custom";

/** What SubdomainPolicy can be. */
export type SubdomainPolicy = "enabled" | "disabled";

/** Maintenance mode; off by default. */
export interface MaintenanceModeArgs {
  /** Whether visitors get the maintenance page instead of the site. */
  enabled: pulumi.Input<boolean>;
  /** Address of the page to show; empty for Render's own. */
  uri?: pulumi.Input<string>;
}

/** As the service has it: maintenance mode; off by default. */
export interface MaintenanceMode {
  /** Whether visitors get the maintenance page instead of the site. */
  readonly enabled: boolean;
  /** Address of the page to show; empty for Render's own. */
  readonly uri: string;
}

/** What PaidPlan can be. */
export type PaidPlan =
  | "starter"
  | "starter_plus"
  | "standard"
  | "standard_plus"
  | "pro"
  | "pro_plus"
  | "pro_max"
  | "pro_ultra"
  | "custom";

/** What DnsRecordType can be. */
export type DnsRecordType = "A" | "CNAME";

/** A part of a resource. */
export interface DnsRecordArgs {
  /** Kind of the record. */
  type: pulumi.Input<DnsRecordType>;
  /** Its whole name. */
  name: pulumi.Input<string>;
  /** What it holds. */
  value: pulumi.Input<string>;
}

/** As the service has it: a part of a resource. */
export interface DnsRecord {
  /** Kind of the record. */
  readonly type: DnsRecordType;
  /** Its whole name. */
  readonly name: string;
  /** What it holds. */
  readonly value: string;
}
