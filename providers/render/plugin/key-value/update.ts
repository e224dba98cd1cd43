/** Update of a key value store: one request for all that Render changes in place. */
import { isDeepStrictEqual } from "node:util";
import type { CallContext } from "../../../kit/resource.ts";
import type { KeyValue } from "../api/datastore-answers.ts";
import { getKeyValueConnection, patchKeyValue } from "../api/key-value.ts";
import type { RenderClient } from "../client.ts";
import { existing, untilAvailable } from "../datastore/available.ts";
import { moveTo } from "../datastore/membership.ts";
import { storeOf } from "./create.ts";
import { describeInputs, describeOutputs } from "./describe.ts";
import type { KeyValueInputs } from "./inputs.ts";
import type { KeyValueOutputs, PriorKeyValue } from "./outputs.ts";
import { planRefusals } from "./rules.ts";

/** What a request changes, by the name that it has in both. */
const CHANGEABLE = ["name", "plan", "maxmemoryPolicy", "persistenceMode", "ipAllowList"] as const;

/** Brings the store to what is declared, and waits until it can be used. Throws before writing anything for a smaller plan. */
export async function updateKeyValue(
  context: CallContext<RenderClient>,
  id: string,
  prior: PriorKeyValue,
  inputs: KeyValueInputs,
): Promise<KeyValueOutputs> {
  const store = storeOf(context, id, inputs.ownerId);
  const before = await existing(store);
  const [refusal] = planRefusals(before.plan, inputs.plan);
  if (refusal) throw new Error(`plan of key value store "${before.name}" ${refusal.reason}. Nothing was changed`);
  const patch = patchOf(before, inputs);
  if (Object.keys(patch).length > 0) await patchKeyValue(context, id, patch);
  await moveTo(context, before, prior.inputs.environmentId, inputs.environmentId);
  const after = await untilAvailable(context, store);
  return describeOutputs(after, inputs, await getKeyValueConnection(context, id));
}

/** The fields that differ from what there is. */
function patchOf(before: KeyValue, inputs: KeyValueInputs): Record<string, unknown> {
  const actual = describeInputs(before, inputs);
  return Object.fromEntries(
    CHANGEABLE.flatMap((name) => {
      const value = inputs[name];
      return value === undefined || isDeepStrictEqual(value, actual[name]) ? [] : [[name, value]];
    }),
  );
}
