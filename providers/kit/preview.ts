/** Preview: the outputs that a create or update will have, as far as they are known beforehand. */
import type { ResourceDefinition } from "./resource.ts";
import { propertyNames, shapeOf } from "./shape.ts";
import { type PropertyTree, plain, UNKNOWN } from "./values.ts";

// biome-ignore lint/suspicious/noExplicitAny: any definition will do
type Definition = ResourceDefinition<any, any, any>;

/** Outputs of a create: inputs are echoed, promises of the definition added, the rest is unknown. */
export function previewCreate(definition: Definition, inputs: PropertyTree): PropertyTree {
  return { ...echo(definition, inputs), ...definition.preview?.(plain(inputs)) };
}

/** Outputs of an update: as before, but inputs are echoed and what the changes make unstable is unknown. */
export function previewUpdate(
  definition: Definition,
  prior: { readonly inputs: PropertyTree; readonly outputs: PropertyTree },
  inputs: PropertyTree,
  changed: readonly string[],
): PropertyTree {
  const { properties = {}, required = [] } = shapeOf(definition.outputs, "output");
  const outputs: PropertyTree = { ...prior.outputs };
  for (const name of propertyNames(definition.inputs)) {
    if (!properties[name]) continue;
    if (inputs[name] !== undefined) outputs[name] = inputs[name];
    else if (prior.inputs[name] !== undefined) outputs[name] = required.includes(name) ? UNKNOWN : undefined;
  }
  for (const name of definition.unstable?.(changed) ?? []) outputs[name] = UNKNOWN;
  const known = { inputs: plain(prior.inputs), outputs: plain(prior.outputs) };
  return { ...outputs, ...definition.preview?.(plain(inputs), known) };
}

function echo(definition: Definition, inputs: PropertyTree): PropertyTree {
  const inputNames = new Set(propertyNames(definition.inputs));
  const { properties = {}, required = [] } = shapeOf(definition.outputs, "output");
  const outputs: PropertyTree = {};
  for (const name of Object.keys(properties)) {
    if (inputs[name] !== undefined) outputs[name] = inputs[name];
    else if (!inputNames.has(name) || required.includes(name)) outputs[name] = UNKNOWN;
  }
  return outputs;
}
