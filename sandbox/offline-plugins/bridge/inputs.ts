/** The inputs that would declare an object as it was read. */
import type { PriorState, Properties } from "../../../providers/kit/resource.ts";
import { isZero } from "./value.ts";

/**
 * On a refresh, what was declared before with the values that were read, so that drift shows in it; on an import,
 * everything that is set. `names` are the resource's inputs.
 */
export function inputsAsRead(
  names: readonly string[],
  outputs: Properties,
  prior: PriorState<Properties, Properties> | undefined,
): Properties {
  const wanted = prior
    ? names.filter((name) => prior.inputs[name] !== undefined)
    : names.filter((name) => !isZero(outputs[name]));
  return Object.fromEntries(wanted.map((name) => [name, outputs[name] ?? prior?.inputs[name]]));
}
