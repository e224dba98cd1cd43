/** What the engine knew of an object before a call. */
import type { PriorTrees } from "./diff.ts";
import type { StructMessage } from "./proto.ts";
import type { PriorState, Properties } from "./resource.ts";
import { type PropertyTree, plain } from "./values.ts";
import { decode } from "./wire.ts";

/** Reads inputs and outputs, with renamed properties under their present names. */
export function priorOf(
  renamed: Readonly<Record<string, string>> | undefined,
  inputs: StructMessage | undefined,
  outputs: StructMessage | undefined,
): PriorTrees {
  return { inputs: rename(decode(inputs), renamed), outputs: rename(decode(outputs), renamed) };
}

/** The prior state as a definition sees it. */
export function plainPrior(prior: PriorTrees): PriorState<Properties, Properties> {
  return { inputs: plain(prior.inputs), outputs: plain(prior.outputs) };
}

function rename(tree: PropertyTree, renamed: Readonly<Record<string, string>> = {}): PropertyTree {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [renamed[key] ?? key, value]));
}
