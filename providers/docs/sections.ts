/** The section of one resource or one function. */

import { type FunctionSpec, nameOf, type PackageSpec, type ResourceSpec } from "../kit/package-spec.ts";
import { kindOf } from "../sdk/names.ts";
import { inputTable, outputTable } from "./properties.ts";

/** Where a resource's description begins to say how it is imported. */
const IMPORT = /\s*Import by /;

/** What a resource is, in the first sentence of its description; the vendor's document in brackets is left out. */
export function summary(description: string): string {
  const [sentence = ""] = /^.*?[.:](?=\s|$)/s.exec(description.replace(/ \([^)]*API[^)]*\)/g, "")) ?? [];
  return sentence.replace(/[.:]$/, ".");
}

/** The section of a resource. `example` is a program. */
export function resourceSection(token: string, resource: ResourceSpec, example: string, spec: PackageSpec): string {
  const { description, inputProperties, requiredInputs, properties, required } = resource;
  const [what = "", importedBy = ""] = description.split(IMPORT);
  const added = Object.entries(properties).filter(([name]) => !Object.hasOwn(inputProperties, name));
  const outputs = { properties: Object.fromEntries(added), required };
  const asIs = "Every input, as the service has it";
  return [
    `## ${nameOf(token)}`,
    `\`${token}\``,
    what,
    program(example),
    "### Inputs",
    inputTable({ properties: inputProperties, required: requiredInputs }, kindOf(token), spec.types),
    "### Outputs",
    added.length > 0 ? `${asIs}, and:` : `${asIs}.`,
    ...(added.length > 0 ? [outputTable(outputs, spec.types)] : []),
    "### Import",
    `By ${importedBy}`,
    `\`\`\`sh\npulumi import ${token} NAME ID\n\`\`\``,
  ].join("\n\n");
}

/** The section of a function. */
export function functionSection(token: string, fn: FunctionSpec, example: string, spec: PackageSpec): string {
  const name = nameOf(token);
  return [
    `## ${name}`,
    `\`${token}\`; \`${name}Output\` takes arguments that are not known yet.`,
    fn.description,
    program(example),
    "### Arguments",
    inputTable(fn.inputs, "result", spec.types),
    "### Result",
    outputTable(fn.outputs, spec.types),
  ].join("\n\n");
}

function program(example: string): string {
  return `\`\`\`ts\n${example.trim()}\n\`\`\``;
}
