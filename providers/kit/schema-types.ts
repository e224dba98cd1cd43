/** Types of a package schema from the shapes of zod schemas. */
import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "./package-spec.ts";
import type { Shape } from "./shape.ts";

/** Named types, by token, collected while properties are described. */
export type NamedTypes = Record<string, ObjectSpec | EnumSpec>;

/** What a definition says about its properties besides their types. */
export interface PropertyHints {
  readonly secrets?: readonly string[] | undefined;
  readonly replaceOnChanges?: readonly string[] | "all" | undefined;
}

/**
 * Describes every property. `owner` is the token of what has them; a nested type is named after it and the property, or
 * as `.meta({ typeName })` says.
 */
export function schemaProperties(shape: Shape, owner: string, types: NamedTypes, hints: PropertyHints): ObjectSpec {
  const entries = Object.entries(shape.properties ?? {}).map(([name, property]): [string, PropertySpec] => {
    if (!property.description) throw new Error(`${owner}: property "${name}" has no description`);
    const replaces = hints.replaceOnChanges === "all" || hints.replaceOnChanges?.includes(name);
    return [
      name,
      {
        ...typeSpec(property, `${owner}${capitalized(name)}`, types),
        description: property.description,
        ...(isPlainDefault(property.default) ? { default: property.default } : {}),
        ...(hints.secrets?.includes(name) ? { secret: true } : {}),
        ...(replaces ? { willReplaceOnChanges: true } : {}),
      },
    ];
  });
  return { properties: Object.fromEntries(entries), required: [...(shape.required ?? [])].sort() };
}

/** The type of one property; an object with named properties and a choice of texts become types of their own. */
function typeSpec(shape: Shape, derived: string, types: NamedTypes): TypeSpec {
  const name = shape.typeName === undefined ? derived : derived.replace(/[^:]+$/, shape.typeName);
  const choices = shape.oneOf ?? shape.anyOf;
  if (choices) return { oneOf: choices.map((choice, index) => typeSpec(choice, `${name}${index + 1}`, types)) };
  if (Array.isArray(shape.type)) return { oneOf: shape.type.map((type) => ({ type })) };
  if (shape.type === "array") return { type: "array", items: typeSpec(shape.items ?? {}, name, types) };
  if (shape.type === "string" && shape.enum) {
    types[name] ??= { type: "string", enum: shape.enum.map((value) => ({ value: String(value) })) };
    return { $ref: `#/types/${name}` };
  }
  if (shape.type !== "object")
    return typeof shape.type === "string" ? { type: shape.type } : { $ref: "pulumi.json#/Any" };
  if (shape.properties) {
    types[name] ??= { type: "object", description: shape.description, ...schemaProperties(shape, name, types, {}) };
    return { $ref: `#/types/${name}` };
  }
  const values = typeof shape.additionalProperties === "object" ? shape.additionalProperties : {};
  return { type: "object", additionalProperties: typeSpec(values, `${name}Value`, types) };
}

function isPlainDefault(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
