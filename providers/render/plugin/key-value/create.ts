/** Creation of a key value store. */
import { createOnce } from "../../../kit/create-once.ts";
import { alreadyExists } from "../../../kit/existing.ts";
import type { CallContext, CreateContext } from "../../../kit/resource.ts";
import type { KeyValue } from "../api/datastore-answers.ts";
import { findKeyValue, getKeyValueConnection, keyValuesNamed, postKeyValue } from "../api/key-value.ts";
import type { RenderClient } from "../client.ts";
import { type Awaited, untilAvailable } from "../datastore/available.ts";
import { describeOutputs, describeUnconnected } from "./describe.ts";
import type { KeyValueInputs } from "./inputs.ts";
import type { KeyValueOutputs } from "./outputs.ts";

/**
 * Creates the store and waits until it can be used. It is in the state as soon as Render has answered. Refuses a name
 * that the workspace has already: adoption is an explicit import.
 */
export async function createKeyValue(
  context: CreateContext<RenderClient, KeyValueOutputs>,
  inputs: KeyValueInputs,
): Promise<{ id: string; outputs: KeyValueOutputs }> {
  const { name, ownerId } = inputs;
  const created = await createOnce({
    context,
    find: () => keyValuesNamed(context, name, ownerId),
    create: ({ signal }) => postKeyValue({ ...context, signal }, inputs),
    idOf: ({ id }) => id,
    refuse: ({ id }) => alreadyExists({ kind: "key value store", token: "render:index:KeyValue", name, importId: id }),
  });
  const { id } = created;
  context.created(id, describeUnconnected(created, inputs));
  const found = await untilAvailable(context, storeOf(context, id, ownerId));
  return { id, outputs: describeOutputs(found, inputs, await getKeyValueConnection(context, id)) };
}

/** The store of this id, for `untilAvailable`. */
export function storeOf(context: CallContext<RenderClient>, id: string, ownerId: string): Awaited<KeyValue> {
  return { kind: "key value store", id, find: () => findKeyValue(context, id, ownerId) };
}
