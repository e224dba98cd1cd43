/** Reading a database: refresh and import. */
import type { CallContext, ReadResult } from "../../../kit/resource.ts";
import { findPostgres, getConnection, postgresNamed } from "../api/postgres.ts";
import type { RenderClient } from "../client.ts";
import { onlyOne } from "../only-one.ts";
import { describeInputs, describeOutputs } from "./describe.ts";
import type { PostgresInputs } from "./inputs.ts";
import type { PostgresOutputs, PriorPostgres } from "./outputs.ts";

/** The database as it is; undefined when it is gone. An import may name it instead of giving its id. */
export async function readPostgres(
  context: CallContext<RenderClient>,
  idOrName: string,
  prior?: PriorPostgres,
): Promise<ReadResult<PostgresInputs, PostgresOutputs> | undefined> {
  const found =
    prior || /^dpg-\w+(-a)?$/.test(idOrName)
      ? await findPostgres(context, idOrName, prior?.inputs.ownerId)
      : onlyOne("database", idOrName, await postgresNamed(context, idOrName));
  if (!found) return undefined;
  if (found.role === "replica") {
    throw new Error(`database ${found.id} is a read replica; it is declared in readReplicas of its primary`);
  }
  const inputs = describeInputs(found, prior?.inputs);
  return { id: found.id, inputs, outputs: describeOutputs(found, inputs, await getConnection(context, found.id)) };
}
