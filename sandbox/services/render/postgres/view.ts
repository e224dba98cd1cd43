/** A database as the API shows it. */
import type { DatabaseAddress } from "../../core/databases.ts";
import { describeAllowList } from "../datastores/model.ts";
import type { Render } from "../render.ts";
import type { Postgres, PostgresExport, ReadReplica } from "./model.ts";

/** A free database ends this long after it was made ("Deploy for Free"). */
const FREE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * A database as recorded: an empty allow list is null, overrides are absent while there are none, disk autoscaling is
 * off unless somebody has switched it on in the dashboard.
 */
export function describePostgres(render: Render, postgres: Postgres): object {
  return {
    id: postgres.id,
    name: postgres.name,
    owner: render.owner,
    ...(postgres.environmentId !== undefined && { environmentId: postgres.environmentId }),
    plan: postgres.plan,
    version: postgres.version,
    region: postgres.region,
    databaseName: postgres.databaseName,
    databaseUser: postgres.databaseUser,
    diskSizeGB: postgres.diskSizeGB,
    diskAutoscalingEnabled: false,
    highAvailabilityEnabled: postgres.highAvailabilityEnabled,
    ipAllowList: describeAllowList(postgres.ipAllowList),
    ...(Object.keys(postgres.parameterOverrides).length > 0 && { parameterOverrides: postgres.parameterOverrides }),
    readReplicas: postgres.readReplicas,
    role: "primary",
    status: postgres.status,
    suspended: postgres.suspended ? "suspended" : "not_suspended",
    suspenders: postgres.suspended ? ["user"] : [],
    dashboardUrl: `https://dashboard.render.com/d/${postgres.id}`,
    createdAt: postgres.createdAt,
    updatedAt: postgres.updatedAt,
    ...(postgres.plan === "free" && {
      expiresAt: new Date(Date.parse(postgres.createdAt) + FREE_DAYS * DAY_MS).toISOString(),
    }),
  };
}

/** A replica as a database of its own (schema `postgres`: role, primaryPostgresID). */
export function describeReplica(render: Render, primary: Postgres, { id, name }: ReadReplica): object {
  const { environmentId: _, ...shown } = describePostgres(render, { ...primary, id, name, readReplicas: [] }) as Record<
    string,
    unknown
  >;
  return { ...shown, role: "replica", primaryPostgresID: primary.id };
}

/**
 * How to connect: where the database really runs, or under the names that Render gives it. Inside, a host has the id's
 * name; outside, one below its region's domain ("Render Postgres", Connect).
 */
export function connectionInfo(postgres: Postgres, address: DatabaseAddress | undefined): object {
  const { id, region, databaseName, databaseUser, password } = postgres;
  const [inside, outside] = address
    ? [`${address.host}:${address.port}`, `${address.host}:${address.port}`]
    : [`${id}-a`, `${id}-a.${region}-postgres.render.com`];
  const url = (host: string): string => `postgresql://${databaseUser}:${password}@${host}/${databaseName}`;
  const [host = "", port] = outside.split(":");
  return {
    password,
    internalConnectionString: url(inside),
    externalConnectionString: url(outside),
    psqlCommand: `PGPASSWORD=${password} psql -h ${host}${port ? ` -p ${port}` : ""} -U ${databaseUser} ${databaseName}`,
  };
}

/** Without an address until there is a file: the address is optional in Render's description. */
export function describeExport(
  { baseUrl }: Render,
  { id, postgresId, createdAt, key, archive }: PostgresExport,
): object {
  const url = `${baseUrl}/db/${postgresId}/${exportFolder(createdAt)}.dir.tar.gz?auth=${key}`;
  return { id, createdAt, ...(archive !== undefined && { url }) };
}

/** The folder in an export's file, in which another one is called as the database: the minute, "2026-12-01T09:30Z". */
export function exportFolder(createdAt: string): string {
  return `${createdAt.slice(0, "2026-12-01T09:30".length)}Z`;
}
