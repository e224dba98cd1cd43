/** The Postgres resource. */
import type { CheckFailure, PriorState, ResourceDefinition } from "../../kit/resource.ts";
import { deletePostgres } from "./api/postgres.ts";
import type { RenderClient } from "./client.ts";
import { createPostgres } from "./postgres/create.ts";
import { type PostgresInputs, postgresInputs } from "./postgres/inputs.ts";
import { CONNECTION_SECRETS, type PostgresOutputs, postgresOutputs } from "./postgres/outputs.ts";
import { readPostgres } from "./postgres/read.ts";
import { refusals } from "./postgres/refusals.ts";
import { checkPostgres, isNamed } from "./postgres/rules.ts";
import { updatePostgres } from "./postgres/update.ts";

type Known = PriorState<Partial<PostgresInputs>, Partial<PostgresOutputs>>;

/** A PostgreSQL database. It is never replaced: what Render cannot change in place is refused. */
export const postgres: ResourceDefinition<RenderClient, PostgresInputs, PostgresOutputs> = {
  token: "render:index:Postgres",
  description:
    "A PostgreSQL database on Render (Render Public API, Postgres). Create and update wait until it is available; " +
    "`customTimeouts` shorten that. Plan, disk, high availability, allow list, settings and replicas change in place. Another " +
    "version, region, workspace, database name or user, or a smaller disk, is refused, because only another database could " +
    "have it. Import by id (`dpg-…`) or name.",
  inputs: postgresInputs,
  outputs: postgresOutputs,
  secrets: CONNECTION_SECRETS,
  check: (inputs, prior) => [...checkPostgres(inputs), ...(prior ? refusals(declaredBefore(prior), inputs) : [])],
  refusals: ({ inputs: before, outputs }, inputs): CheckFailure[] => refusals({ ...before, ...outputs }, inputs),
  isChange,
  unstable: (changed) => ["status", ...(changed.includes("readReplicas") ? ["readReplicaIds"] : [])],
  create: createPostgres,
  read: readPostgres,
  update: updatePostgres,
  delete: (context, id, { inputs: declared }) => deletePostgres(context, id, declared.ownerId),
};

/** The size of a disk that grows by itself is known to the outputs alone. */
function declaredBefore({ diskSizeGB: _, ...prior }: Partial<PostgresInputs>): Partial<PostgresInputs> {
  return prior;
}

/** What Render made up and nobody declares, and a name to which it added its letters, is no change. */
function isChange([name]: readonly (string | number)[], { outputs }: Known, inputs: Partial<PostgresInputs>): boolean {
  if (name === "diskSizeGB") return inputs.diskSizeGB !== undefined && !isGrown(outputs, inputs.diskSizeGB);
  if (name !== "databaseName" && name !== "databaseUser") return true;
  const [is, declared] = [outputs[name], inputs[name]];
  return declared !== undefined && (is === undefined || !isNamed(is, declared));
}

function isGrown({ diskSizeGB, diskAutoscalingEnabled }: Partial<PostgresOutputs>, declared: number): boolean {
  return diskAutoscalingEnabled === true && diskSizeGB !== undefined && declared <= diskSizeGB;
}
