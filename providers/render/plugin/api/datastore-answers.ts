/**
 * The parts of Render's answers about datastores that the provider reads ("Render Public API", Postgres, Key Value). A field
 * is needed where the provider can do nothing right without it; recorded answers of Render leave others out.
 */
import { z } from "zod";
import { list, openEnum, optional, otherwise } from "../../../kit/answer.ts";

const text = otherwise(z.string(), "");

/** The status of a database or key value store. Render may learn others. */
const datastoreStatus = openEnum(
  "creating",
  "available",
  "unavailable",
  "config_restart",
  "suspended",
  "maintenance_scheduled",
  "maintenance_in_progress",
  "recovery_failed",
  "recovery_in_progress",
  "unknown",
  "updating_instance",
);

/** Addresses outside Render that may connect. Recorded answers have null where there are none. */
const allowList = list(z.object({ cidrBlock: z.string(), description: text }));

/** Settings of PostgreSQL by name, as texts; what is no setting's value is passed over. */
const parameters = z.preprocess(
  (given) => {
    const entries = Object.entries(given ?? {}).filter(([, value]) => /^(string|number|boolean)$/.test(typeof value));
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  },
  z.record(z.string(), z.string()),
);

/** A database. Recorded answers leave overrides out while there are none. */
export const postgres = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.object({ id: z.string() }),
  environmentId: optional(z.string()),
  plan: z.string(),
  version: z.string(),
  region: z.string(),
  databaseName: z.string(),
  databaseUser: z.string(),
  diskSizeGB: optional(z.number()),
  diskAutoscalingEnabled: otherwise(z.boolean(), false),
  highAvailabilityEnabled: otherwise(z.boolean(), false),
  ipAllowList: allowList,
  parameterOverrides: parameters,
  readReplicas: list(z.object({ id: z.string(), name: z.string(), parameterOverrides: parameters })),
  role: otherwise(openEnum("primary", "replica"), "primary"),
  status: datastoreStatus,
  suspended: otherwise(openEnum("suspended", "not_suspended"), "not_suspended"),
  suspenders: list(z.string()),
  dashboardUrl: text,
  createdAt: text,
  expiresAt: optional(z.string()),
});

/** How to connect to a database. All of it is secret. */
export const postgresConnection = z.object({
  password: z.string(),
  internalConnectionString: z.string(),
  externalConnectionString: z.string(),
  psqlCommand: text,
});

/** A key value store. No recorded answer has its address in the dashboard, which the description names. */
export const keyValue = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.object({ id: z.string() }),
  environmentId: optional(z.string()),
  plan: z.string(),
  region: z.string(),
  options: otherwise(z.object({ maxmemoryPolicy: optional(z.string()), persistenceMode: optional(z.string()) }), {}),
  ipAllowList: allowList,
  version: text,
  status: datastoreStatus,
  dashboardUrl: text,
  createdAt: text,
});

/** How to connect to a key value store. All of it is secret. */
export const keyValueConnection = z.object({
  internalConnectionString: z.string(),
  externalConnectionString: z.string(),
  cliCommand: text,
});

export type Postgres = z.infer<typeof postgres>;
export type PostgresConnection = z.infer<typeof postgresConnection>;
export type KeyValue = z.infer<typeof keyValue>;
export type KeyValueConnection = z.infer<typeof keyValueConnection>;
