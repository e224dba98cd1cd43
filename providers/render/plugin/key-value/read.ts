/** Reading a key value store: refresh and import. */
import type { CallContext, ReadResult } from "../../../kit/resource.ts";
import { findKeyValue, getKeyValueConnection, keyValuesNamed } from "../api/key-value.ts";
import type { RenderClient } from "../client.ts";
import { onlyOne } from "../only-one.ts";
import { describeInputs, describeOutputs } from "./describe.ts";
import type { KeyValueInputs } from "./inputs.ts";
import type { KeyValueOutputs, PriorKeyValue } from "./outputs.ts";

/** The store as it is; undefined when it is gone. An import may name it instead of giving its id. */
export async function readKeyValue(
  context: CallContext<RenderClient>,
  idOrName: string,
  prior?: PriorKeyValue,
): Promise<ReadResult<KeyValueInputs, KeyValueOutputs> | undefined> {
  const found =
    prior || /^red-\w+$/.test(idOrName)
      ? await findKeyValue(context, idOrName, prior?.inputs.ownerId)
      : onlyOne("key value store", idOrName, await keyValuesNamed(context, idOrName));
  if (!found) return undefined;
  const inputs = describeInputs(found, prior?.inputs);
  const connection = await getKeyValueConnection(context, found.id);
  return { id: found.id, inputs, outputs: describeOutputs(found, inputs, connection) };
}
