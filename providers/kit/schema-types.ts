/** Types of a package schema from the shapes of zod schemas. */
import type { Shape } from "./shape.ts";

/** Named object types, by token, collected while properties are described. */
export type TypeSpecs = Record<string, unknown>;

/** What a definition says about its properties besides their types. */
export interface PropertyHints {
  readonly secrets?: readonly string[] | undefined;
  readonly replaceOnChanges?: readonly string[] | "all" | undefined;
}

/** Properties of a resource, a function or an object type. */
export interface Properties {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly string[];
}

/** Describes every property. `owner` is the token of what has them; nested types are named after it. */
export function schemaProperties(shape: Shape, owner: string, types: TypeSpecs, hints: PropertyHints): Properties {
  const entries = Object.entries(shape.properties ?? {}).map(([name, property]) => {
    if (!property.description) throw new Error(`${owner}: property "${name}" has no description`);
    const replaces = hints.replaceOnChanges === "all" || hints.replaceOnChanges?.includes(name);
    return [
      name,
      {
        ...typeSpec(property, `${owner}${capitalized(name)}`, types),
        description: describe(property),
        ...(isPlainDefault(property.default) ? { default: property.default } : {}),
        ...(hints.secrets?.includes(name) ? { secret: true } : {}),
        ...(replaces ? { willReplaceOnChanges: true } : {}),
      },
    ];
  });
  return { properties: Object.fromEntries(entries), required: [...(shape.required ?? [])].sort() };
}

/** The type of one property; an object with named properties becomes a type of its own. */
function typeSpec(shape: Shape, name: string, types: TypeSpecs): Record<string, unknown> {
  const choices = shape.oneOf ?? shape.anyOf;
  if (choices) return { oneOf: choices.map((choice, index) => typeSpec(choice, `${name}${index + 1}`, types)) };
  if (Array.isArray(shape.type)) return { oneOf: shape.type.map((type) => ({ type })) };
  if (shape.type === "array") return { type: "array", items: typeSpec(shape.items ?? {}, name, types) };
  if (shape.type !== "object")
    return typeof shape.type === "string" ? { type: shape.type } : { $ref: "pulumi.json#/Any" };
  if (shape.properties) {
    types[name] ??= { type: "object", description: shape.description, ...schemaProperties(shape, name, types, {}) };
    return { $ref: `#/types/${name}` };
  }
  const values = typeof shape.additionalProperties === "object" ? shape.additionalProperties : {};
  return { type: "object", additionalProperties: typeSpec(values, `${name}Value`, types) };
}

/** The description with the allowed values, which the type alone does not show. */
function describe(shape: Shape): string {
  const values = shape.enum?.map((value) => `\`${String(value)}\``).join(", ");
  return values ? `${shape.description} One of ${values}.` : String(shape.description);
}

function isPlainDefault(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
