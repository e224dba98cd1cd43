/**
 * What the program makes of its secrets: an address with a password in it, a list of settings as one text. From
 * placeholders it makes other values than the placeholders of what it made of the secrets; the state is given those.
 */
import { isDeepStrictEqual } from "node:util";
import type { PlannedInputs } from "./planned-inputs.ts";
import { isObject, type JsonObject } from "./secret-value.ts";
import type { ExportedState } from "./snapshot.ts";

/** The state with the inputs that the program gives, and the outputs that repeat them, for resources that are the same. */
export function rebased(state: ExportedState, planned: PlannedInputs, isSame: (urn: string) => boolean): ExportedState {
  const resources = state.deployment.resources.map((resource) => {
    const inputs = planned.get(resource.urn);
    if (!inputs || !resource.inputs || !isSame(resource.urn) || isDeepStrictEqual(inputs, resource.inputs))
      return resource;
    const outputs = resource.outputs && (repeated(resource.outputs, resource.inputs, inputs) as JsonObject);
    return { ...resource, inputs, ...(outputs && { outputs }) };
  });
  return { ...state, deployment: { ...state.deployment, resources } };
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
