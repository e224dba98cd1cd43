/** The KeyValue resource. */
import type { PriorState, ResourceDefinition } from "../../kit/resource.ts";
import { deleteKeyValue } from "./api/key-value.ts";
import type { RenderClient } from "./client.ts";
import { createKeyValue } from "./key-value/create.ts";
import { type KeyValueInputs, keyValueInputs } from "./key-value/inputs.ts";
import { KEY_VALUE_SECRETS, type KeyValueOutputs, keyValueOutputs } from "./key-value/outputs.ts";
import { readKeyValue } from "./key-value/read.ts";
import { checkKeyValue, planRefusals } from "./key-value/rules.ts";
import { updateKeyValue } from "./key-value/update.ts";

type Known = PriorState<Partial<KeyValueInputs>, Partial<KeyValueOutputs>>;

/** What Render chooses for a store of which it is not declared. */
const CHOSEN_BY_RENDER: readonly unknown[] = ["maxmemoryPolicy", "persistenceMode"];

/** A key value store. Unlike a database it is replaced where Render cannot change it. */
export const keyValue: ResourceDefinition<RenderClient, KeyValueInputs, KeyValueOutputs> = {
  token: "render:index:KeyValue",
  description:
    "A key value store on Render: Valkey, for whatever speaks to Redis (Render Public API, Key Value). Create and update wait " +
    "until it is available; `customTimeouts` shorten that. Plan, eviction, persistence and allow list change in place. Another " +
    "region or workspace replaces it, the old one first, and what is in it is lost; a smaller plan is refused. Import by id " +
    "(`red-…`) or name.",
  inputs: keyValueInputs,
  outputs: keyValueOutputs,
  secrets: KEY_VALUE_SECRETS,
  replaceOnChanges: ["ownerId", "region"],
  deleteBeforeReplace: ["ownerId", "region"],
  check: checkKeyValue,
  refusals: ({ inputs: before, outputs }, inputs) =>
    isReplaced(before, inputs) ? [] : planRefusals(outputs.plan ?? before.plan, inputs.plan),
  isChange: ([name], _prior: Known, inputs) =>
    !CHOSEN_BY_RENDER.includes(name) || inputs[name as keyof KeyValueInputs] !== undefined,
  unstable: () => ["status"],
  create: createKeyValue,
  read: readKeyValue,
  update: updateKeyValue,
  delete: (context, id, { inputs: { ownerId } }) => deleteKeyValue(context, id, ownerId),
};

/** The store that takes another's place may have any plan. */
function isReplaced(before: Partial<KeyValueInputs>, inputs: Partial<KeyValueInputs>): boolean {
  return (["ownerId", "region"] as const).some((name) => inputs[name] !== undefined && before[name] !== inputs[name]);
}
