/** Closed lists of Render's API ("Render Public API", components: region, plan, registryCredentialRegistry). */

/** Where a service runs. */
export const REGIONS = ["frankfurt", "ohio", "oregon", "singapore", "virginia"] as const;

/** Instance types. Those that are not among `PAID_PLANS` can be kept; `free` can be chosen for a new service only. */
export const PLANS = [
  "free",
  "starter",
  "starter_plus",
  "standard",
  "standard_plus",
  "pro",
  "pro_plus",
  "pro_max",
  "pro_ultra",
  "custom",
] as const;

/** Instance types of services other than web services: none of them is free. */
export const PRIVATE_PLANS = PLANS.filter((plan) => plan !== "free") as Exclude<(typeof PLANS)[number], "free">[];

/** Instance types that a service can be changed to (`paidPlan`), from small to large ("Render documentation", Pricing). */
export const PAID_PLANS = ["starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"] as const;

/** Instance types that a new service can have, from small to large. */
export const SERVICE_PLANS = ["free", ...PAID_PLANS] as const;

/** Kinds of container registry. */
export const REGISTRIES = ["DOCKER", "GITHUB", "GITLAB", "GOOGLE_ARTIFACT", "AWS_ECR"] as const;

/** Major versions of Postgres, as texts (component: postgresVersion). */
export const POSTGRES_VERSIONS = ["11", "12", "13", "14", "15", "16", "17"] as const;

/** Instance types that a new database can have, from small to large within a family (component: postgres, plan). */
export const NEW_POSTGRES_PLANS = [
  "free",
  "basic_256mb",
  "basic_1gb",
  "basic_4gb",
  "pro_4gb",
  "pro_8gb",
  "pro_16gb",
  "pro_32gb",
  "pro_64gb",
  "pro_128gb",
  "pro_192gb",
  "pro_256gb",
  "pro_384gb",
  "pro_512gb",
  "accelerated_16gb",
  "accelerated_32gb",
  "accelerated_64gb",
  "accelerated_128gb",
  "accelerated_256gb",
  "accelerated_384gb",
  "accelerated_512gb",
  "accelerated_768gb",
  "accelerated_1024gb",
] as const;

/** All instance types of databases. Those from before the families can be kept. */
export const POSTGRES_PLANS = [...NEW_POSTGRES_PLANS, "starter", "standard", "pro", "pro_plus", "custom"] as const;

/** Whether a database of the plan can have a standby: Pro and larger ("High Availability PostgreSQL"). */
export function offersHighAvailability(plan: string): boolean {
  return !/^(?:free|starter|standard|basic_.*)$/.test(plan);
}

/** The first major version whose databases can have a standby ("High Availability PostgreSQL"). */
export const HIGH_AVAILABILITY_SINCE = 13;

/** Instance types that a new key value store can have, from small to large (component: keyValuePlan). */
export const NEW_KEY_VALUE_PLANS = ["free", "starter", "standard", "pro", "pro_plus"] as const;

/** All instance types of key value stores. `custom` is agreed with Render. */
export const KEY_VALUE_PLANS = [...NEW_KEY_VALUE_PLANS, "custom"] as const;

/** What a full key value store does with its keys (component: maxmemoryPolicy). */
export const MAXMEMORY_POLICIES = [
  "noeviction",
  "allkeys_lfu",
  "allkeys_lru",
  "allkeys_random",
  "volatile_lfu",
  "volatile_lru",
  "volatile_random",
  "volatile_ttl",
] as const;

/** How a paid key value store keeps its data on disk ("Specify disk persistence behavior", Render's changelog, 2026-06). */
export const PERSISTENCE_MODES = ["journal_snapshot", "snapshot", "off"] as const;
