/** Update of a database: one request for all that Render changes in place. */
import { isDeepStrictEqual } from "node:util";
import type { CallContext } from "../../../kit/resource.ts";
import type { Postgres } from "../api/datastore-answers.ts";
import { getConnection, patchPostgres } from "../api/postgres.ts";
import type { RenderClient } from "../client.ts";
import { existing, untilAvailable } from "../datastore/available.ts";
import { moveTo } from "../datastore/membership.ts";
import { describeInputs, describeOutputs } from "./describe.ts";
import type { PostgresInputs } from "./inputs.ts";
import type { PostgresOutputs, PriorPostgres } from "./outputs.ts";
import { refusals } from "./refusals.ts";
import { databaseOf } from "./wait.ts";

/** What a request changes, and how it calls it. */
const CHANGEABLE = {
  name: "name",
  plan: "plan",
  diskSizeGB: "diskSizeGB",
  highAvailability: "enableHighAvailability",
  ipAllowList: "ipAllowList",
  parameterOverrides: "parameterOverrides",
  readReplicas: "readReplicas",
} as const;

/**
 * Brings the database to what is declared, and waits until it can be used. Throws before writing anything when that would
 * need another database.
 */
export async function updatePostgres(
  context: CallContext<RenderClient>,
  id: string,
  prior: PriorPostgres,
  inputs: PostgresInputs,
): Promise<PostgresOutputs> {
  const database = databaseOf(context, id, inputs.ownerId);
  const before = await existing(database);
  refuse(before, inputs);
  const patch = patchOf(before, prior.inputs, inputs);
  if (Object.keys(patch).length > 0) await patchPostgres(context, id, patch);
  await moveTo(context, before, prior.inputs.environmentId, inputs.environmentId);
  const after = await untilAvailable(context, database);
  return describeOutputs(after, inputs, await getConnection(context, id));
}

/** The fields that differ from what there is. What was declared and is not any more goes away, or stays as it is. */
export function patchOf(
  before: Postgres,
  prior: Partial<PostgresInputs>,
  inputs: PostgresInputs,
): Record<string, unknown> {
  const wanted = {
    ...inputs,
    ...(prior.parameterOverrides && !inputs.parameterOverrides && { parameterOverrides: {} }),
    ...(prior.readReplicas && !inputs.readReplicas && { readReplicas: [] }),
  };
  const actual = describeInputs(before, wanted);
  return Object.fromEntries(
    Object.entries(CHANGEABLE).flatMap(([input, field]) => {
      const value = wanted[input as keyof typeof CHANGEABLE];
      const is = actual[input as keyof typeof CHANGEABLE];
      return value === undefined || isDeepStrictEqual(value, is) ? [] : [[field, value]];
    }),
  );
}

function refuse(before: Postgres, inputs: PostgresInputs): void {
  const present = { ...before, ownerId: before.owner.id } as Parameters<typeof refusals>[0];
  const [refusal] = refusals(present, inputs);
  if (refusal)
    throw new Error(`${refusal.property} of database "${before.name}" ${refusal.reason}. Nothing was changed`);
}
