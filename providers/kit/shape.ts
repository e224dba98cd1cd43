/** The shape of a zod schema as JSON Schema: what the kit needs to know of a schema besides validating with it. */
import { z } from "zod";

/** The part of JSON Schema that zod schemas of a provider turn into. */
export interface Shape {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null" | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly deprecated?: boolean;
  /** Name of the type in the package schema, by `.meta({ typeName })`; after its owner and property without it. */
  readonly typeName?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** Whether a property with a default may be left out (as an input) or is always there (as an output). */
export type Direction = "input" | "output";

const shapes: Record<Direction, WeakMap<z.ZodObject, Shape>> = { input: new WeakMap(), output: new WeakMap() };

/** The shape of a schema; worked out once per schema. */
export function shapeOf(schema: z.ZodObject, direction: Direction = "input"): Shape {
  let shape = shapes[direction].get(schema);
  if (!shape) {
    shape = z.toJSONSchema(schema, { io: direction, unrepresentable: "any" }) as Shape;
    shapes[direction].set(schema, shape);
  }
  return shape;
}

/** The alternatives of a union, or the shape itself. */
export function alternatives(shape: Shape): readonly Shape[] {
  return shape.oneOf ?? shape.anyOf ?? [shape];
}

/** The names of a schema's own properties. */
export function propertyNames(schema: z.ZodObject): readonly string[] {
  return Object.keys(shapeOf(schema).properties ?? {});
}
