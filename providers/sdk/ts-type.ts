/** TypeScript types of a package schema's properties. */
import {
  namedType,
  nameOf,
  type ObjectSpec,
  type PropertySpec,
  type TypeSpec,
  type TypeSpecs,
} from "../kit/package-spec.ts";

/** Who writes or reads a value: arguments of a resource, plain arguments of a function, or what comes out of either. */
export type Side = "input" | "plain" | "output";

const PLAIN: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

/** The type of a property. `uses` collects the named types that the text refers to. */
export function tsType(spec: TypeSpec, side: Side, types: TypeSpecs, uses: Set<string>): string {
  const inner = (of: TypeSpec): string => lifted(tsType(of, side, types, uses), side);
  if (spec.oneOf) return spec.oneOf.map((choice) => tsType(choice, side, types, uses)).join(" | ");
  if (spec.items) return arrayOf(inner(spec.items));
  if (spec.additionalProperties) return `Record<string, ${inner(spec.additionalProperties)}>`;
  const named = namedType(spec, types);
  if (!named) return PLAIN[spec.type ?? ""] ?? "unknown";
  const name = "enum" in named.type ? nameOf(named.token) : typeName(named.token, side);
  uses.add(name);
  return name;
}

/** The name of an object type on one side: what is given in ends in Args. */
export function typeName(token: string, side: Side): string {
  return side === "output" ? nameOf(token) : `${nameOf(token)}Args`;
}

/** Whether a property is there for certain: what has a default may be left out, and always comes out. */
export function isRequired(name: string, property: PropertySpec, owner: ObjectSpec, side: Side): boolean {
  return owner.required.includes(name) || (side === "output" && property.default !== undefined);
}

/** A type that may also be an output of another resource, where resources are declared. */
export function lifted(type: string, side: Side): string {
  return side === "input" ? `pulumi.Input<${type}>` : type;
}

function arrayOf(type: string): string {
  return type.includes(" | ") ? `(${type})[]` : `${type}[]`;
}
