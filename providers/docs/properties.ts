/** Tables of properties. A property of an object stands in a row of its own, under its path: `settings.oss`. */
import { namedType, type ObjectSpec, type PropertySpec, type TypeSpec, type TypeSpecs } from "../kit/package-spec.ts";

/** A property with its path, and whether it has to be there. */
interface Row {
  readonly path: string;
  readonly property: PropertySpec;
  readonly required: boolean;
}

/** A table of inputs. `kind` names what a change may replace: "web service". */
export function inputTable(inputs: ObjectSpec, kind: string, types: TypeSpecs): string {
  const lines = rows(inputs, types).map(({ path, property, required }) => {
    const given = required ? "**required**" : property.default === undefined ? "" : code(property.default);
    return [code(path), typeName(property, types), given, explained(property, types, kind)];
  });
  return table(["input", "type", "default", "what it is"], lines);
}

/** A table of outputs. */
export function outputTable(outputs: ObjectSpec, types: TypeSpecs): string {
  const lines = rows(outputs, types).map(({ path, property, required }) => [
    code(path),
    required ? typeName(property, types) : `${typeName(property, types)}, optional`,
    explained(property, types),
  ]);
  return table(["output", "type", "what it is"], lines);
}

function rows({ properties, required }: ObjectSpec, types: TypeSpecs, prefix = ""): Row[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const row = { path, property, required: required.includes(name) };
    const { object, suffix } = objectType(property, types);
    return object ? [row, ...rows(object, types, `${path}${suffix}.`)] : [row];
  });
}

/** The named object type of a property, of a list's items or of a map's values. */
function objectType(spec: TypeSpec, types: TypeSpecs): { object?: ObjectSpec | undefined; suffix: string } {
  if (spec.items) return { ...objectType(spec.items, types), suffix: "[]" };
  if (spec.additionalProperties) return { ...objectType(spec.additionalProperties, types), suffix: "{}" };
  const named = namedType(spec, types)?.type;
  return { object: named && "properties" in named ? named : undefined, suffix: "" };
}

function typeName(spec: TypeSpec, types: TypeSpecs): string {
  if (spec.oneOf) return spec.oneOf.map((choice) => typeName(choice, types)).join(" or ");
  if (spec.items) return `list of ${typeName(spec.items, types)}`;
  if (spec.additionalProperties) return `map of ${typeName(spec.additionalProperties, types)}`;
  return namedType(spec, types)?.type.type ?? spec.type ?? "any";
}

/** The description, completed by what the schema alone says. */
function explained(property: PropertySpec, types: TypeSpecs, kind?: string): string {
  const { description, secret, willReplaceOnChanges } = property;
  const named = namedType(property, types)?.type;
  const values = named && "enum" in named ? named.enum.map(({ value }) => `\`${value}\``).join(", ") : undefined;
  const sentences = [
    description,
    ...(values ? [`One of ${values}.`] : []),
    ...(secret ? ["Secret."] : []),
    ...(kind && willReplaceOnChanges && !description.includes("replaces") ? [`A change replaces the ${kind}.`] : []),
  ];
  return sentences.join(" ");
}

function code(value: string | number | boolean): string {
  return value === "" ? "empty" : `\`${value}\``;
}

function table(headings: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(headings), row(headings.map(() => "---")), ...lines.map(row)].join("\n");
}
