/** A database as the state keeps it. */
import type { Postgres, PostgresConnection } from "../api/datastore-answers.ts";
import { inOrderOf } from "../datastore/allow-list.ts";
import type { PostgresInputs } from "./inputs.ts";
import type { PostgresOutputs } from "./outputs.ts";
import { isNamed } from "./rules.ts";

/** What decides how far a database is described: what a program leaves out is left alone. */
export type Named = Partial<PostgresInputs>;

/** The inputs that would declare the database as it is; on an import all of them. */
export function describeInputs(found: Postgres, named?: Named): PostgresInputs {
  const parameters = found.parameterOverrides;
  const replicas = found.readReplicas.map(({ name, parameterOverrides }) => ({
    name,
    ...(Object.keys(parameterOverrides).length > 0 && { parameterOverrides }),
  }));
  const wants = (name: keyof PostgresInputs, isThere: boolean): boolean =>
    named ? named[name] !== undefined : isThere;
  return {
    name: found.name,
    ownerId: found.owner.id,
    plan: found.plan as PostgresInputs["plan"],
    version: found.version as PostgresInputs["version"],
    region: found.region as PostgresInputs["region"],
    ...(wants("environmentId", true) && found.environmentId && { environmentId: found.environmentId }),
    ...(wants("databaseName", true) && { databaseName: spelled(found.databaseName, named?.databaseName) }),
    ...(wants("databaseUser", true) && { databaseUser: spelled(found.databaseUser, named?.databaseUser) }),
    ...(wants("diskSizeGB", found.plan !== "free") && diskSize(found, named?.diskSizeGB)),
    highAvailability: found.highAvailabilityEnabled,
    ipAllowList: inOrderOf(named?.ipAllowList ?? [], found.ipAllowList),
    ...(wants("parameterOverrides", Object.keys(parameters).length > 0) && { parameterOverrides: parameters }),
    ...(wants("readReplicas", replicas.length > 0) && {
      readReplicas: inOrderOf(named?.readReplicas ?? [], replicas),
    }),
  };
}

/** The outputs: what is declared, as Render has it, and what Render adds. */
export function describeOutputs(found: Postgres, inputs: Named, connection: PostgresConnection): PostgresOutputs {
  return { ...describeUnconnected(found, inputs), ...connection };
}

/** The same of a database that nobody can connect to yet. */
export function describeUnconnected(found: Postgres, inputs: Named): Omit<PostgresOutputs, keyof PostgresConnection> {
  return {
    ...describeInputs(found, inputs),
    databaseName: found.databaseName,
    databaseUser: found.databaseUser,
    ...(found.diskSizeGB !== undefined && { diskSizeGB: found.diskSizeGB }),
    diskAutoscalingEnabled: found.diskAutoscalingEnabled,
    status: found.status,
    suspended: found.suspended === "suspended",
    readReplicaIds: Object.fromEntries(found.readReplicas.map(({ id, name }) => [name, id])),
    dashboardUrl: found.dashboardUrl,
    createdAt: found.createdAt,
    ...(found.expiresAt && { expiresAt: found.expiresAt }),
  };
}

/** As it was declared, where Render only added its four letters. */
function spelled(actual: string, declared: string | undefined): string {
  return declared !== undefined && isNamed(actual, declared) ? declared : actual;
}

/** A disk that Render enlarges by itself is as declared when it is at least as large. */
function diskSize(found: Postgres, declared: number | undefined): Pick<PostgresInputs, "diskSizeGB"> {
  const { diskSizeGB: actual, diskAutoscalingEnabled } = found;
  if (actual === undefined) return {};
  const isGrown = diskAutoscalingEnabled && declared !== undefined && declared <= actual;
  return { diskSizeGB: isGrown ? declared : actual };
}
