/** Creation of a database. */
import { createOnce } from "../../../kit/create-once.ts";
import { alreadyExists } from "../../../kit/existing.ts";
import type { CreateContext } from "../../../kit/resource.ts";
import { getConnection, postgresNamed, postPostgres } from "../api/postgres.ts";
import type { RenderClient } from "../client.ts";
import { untilAvailable } from "../datastore/available.ts";
import { describeOutputs, describeUnconnected } from "./describe.ts";
import type { PostgresInputs } from "./inputs.ts";
import type { PostgresOutputs } from "./outputs.ts";
import { databaseOf } from "./wait.ts";

/**
 * Creates the database and waits until it can be used. It is in the state as soon as Render has answered. Refuses a name
 * that the workspace has already: adoption is an explicit import.
 */
export async function createPostgres(
  context: CreateContext<RenderClient, PostgresOutputs>,
  inputs: PostgresInputs,
): Promise<{ id: string; outputs: PostgresOutputs }> {
  const { name, ownerId } = inputs;
  const created = await createOnce({
    context,
    find: () => postgresNamed(context, name, ownerId),
    create: ({ signal }) => postPostgres({ ...context, signal }, createRequest(inputs)),
    idOf: ({ id }) => id,
    refuse: ({ id }) => alreadyExists({ kind: "database", token: "render:index:Postgres", name, importId: id }),
  });
  const { id } = created;
  context.created(id, describeUnconnected(created, inputs));
  const found = await untilAvailable(context, databaseOf(context, id, ownerId));
  return { id, outputs: describeOutputs(found, inputs, await getConnection(context, id)) };
}

/** Body of the request that creates the database. */
export function createRequest({ highAvailability, ...inputs }: PostgresInputs): object {
  return { ...inputs, enableHighAvailability: highAvailability };
}
