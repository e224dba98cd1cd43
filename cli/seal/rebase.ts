/**
 * What the program makes of its secrets: an address with a password in it, a list of settings as one text. From
 * placeholders it makes other values than the placeholders of what it made of the secrets; the state is given those.
 */
import { isDeepStrictEqual } from "node:util";
import type { PlannedInputs } from "./planned-inputs.ts";
import { isObject, type JsonObject, revealed } from "./secret-value.ts";
import type { ExportedState } from "./snapshot.ts";

/** The engine's word for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The state with what the program makes of secrets, and the outputs that repeat it, for resources that are the same.
 * What holds no secret stays as it is, also where the program gives another value: that is for the preview to tell.
 */
export function rebased(state: ExportedState, planned: PlannedInputs, isSame: (urn: string) => boolean): ExportedState {
  const resources = state.deployment.resources.map((resource) => {
    const made = planned.get(resource.urn);
    if (!made || !resource.inputs || !isSame(resource.urn)) return resource;
    const changed = Object.entries(resource.inputs).filter(
      ([name, value]) => holdsSecret(value) && isKnown(made[name]),
    );
    if (changed.length === 0) return resource;
    const inputs = { ...resource.inputs, ...Object.fromEntries(changed.map(([name]) => [name, made[name]])) };
    const outputs = resource.outputs && (repeated(resource.outputs, resource.inputs, inputs) as JsonObject);
    return { ...resource, inputs, ...(outputs && { outputs }) };
  });
  return { ...state, deployment: { ...state.deployment, resources } };
}

/** What is made of a value that an update will give is for a later round. */
function isKnown(made: unknown): boolean {
  return made !== undefined && !JSON.stringify(made).includes(UNKNOWN);
}

function holdsSecret(value: unknown): boolean {
  return !isDeepStrictEqual(revealed(value), value);
}

function repeated(output: unknown, before: unknown, now: unknown): unknown {
  if (before === undefined || now === undefined) return output;
  if (isDeepStrictEqual(output, before)) return now;
  if (Array.isArray(output) && Array.isArray(before) && Array.isArray(now))
    return output.map((item, index) => repeated(item, before[index], now[index]));
  if (!isObject(output) || !isObject(before) || !isObject(now)) return output;
  return Object.fromEntries(
    Object.entries(output).map(([name, inner]) => [name, repeated(inner, before[name], now[name])]),
  );
}
