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
  const read = (name: string): unknown => withoutZeros(outputs[name], prior?.inputs[name]);
  return Object.fromEntries(wanted.map((name) => [name, read(name) ?? prior?.inputs[name]]));
}

/** The value without what is zero in an object and was not declared there: it is the vendor's default. */
function withoutZeros(value: unknown, declared: unknown): unknown {
  if (Array.isArray(value)) {
    const before = Array.isArray(declared) ? declared : [];
    return value.map((item, index) => withoutZeros(item, before[index]));
  }
  if (typeof value !== "object" || value === null) return value;
  const before = (declared ?? {}) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(value).filter(([name, inner]) => !isZero(inner) || before[name] !== undefined);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutZeros(inner, before[name])]));
}
