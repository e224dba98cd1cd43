/** Unknown keys and default values of inputs, found by walking the schema's shape. */
import { distance } from "fastest-levenshtein";
import { formatPath, type Path } from "./path.ts";
import type { CheckFailure } from "./resource.ts";
import { alternatives, type Shape } from "./shape.ts";
import { isTree, reveal, Secret, secret, UNKNOWN } from "./values.ts";

/** Failures for every key, at any depth, that the shape does not have. `renamed`: old name -> new name. */
export function unknownKeys(
  shape: Shape,
  value: unknown,
  renamed: Readonly<Record<string, string>> = {},
  path: Path = [],
): CheckFailure[] {
  const bare = reveal(value);
  if (Array.isArray(bare)) {
    const items = shape.items;
    return items ? bare.flatMap((item, index) => unknownKeys(items, item, {}, [...path, index])) : [];
  }
  if (!isTree(bare)) return [];
  const properties = objectProperties(shape);
  const rest = typeof shape.additionalProperties === "object" ? shape.additionalProperties : undefined;
  return Object.entries(bare).flatMap(([key, child]) => {
    const childShape = properties?.[key] ?? rest;
    if (childShape) return unknownKeys(childShape, child, {}, [...path, key]);
    if (!properties) return [];
    return [{ property: formatPath([...path, key]), reason: unknownKeyReason(key, Object.keys(properties), renamed) }];
  });
}

/** The properties that an object may have; undefined when any may (a map, a type that is not an object). */
function objectProperties(shape: Shape): Readonly<Record<string, Shape>> | undefined {
  const objects = alternatives(shape).filter((alternative) => alternative.properties);
  return objects.length === 0 ? undefined : Object.assign({}, ...objects.map((object) => object.properties));
}

function unknownKeyReason(key: string, names: readonly string[], renamed: Readonly<Record<string, string>>): string {
  if (renamed[key]) return `there is no such property any more: it is called "${renamed[key]}" now`;
  const suggestion = nearest(key, names);
  const hint = suggestion ? `did you mean "${suggestion}"?` : `known are: ${names.join(", ")}`;
  return `there is no such property; ${hint}`;
}

/** The candidate nearest to a misspelt word, when one is near enough to be meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const best = ranked[0];
  return best && best.away <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** The value with the schema's defaults where properties are absent, at any depth. */
export function withDefaults(shape: Shape, value: unknown): unknown {
  if (value === undefined) {
    return shape.default === undefined ? undefined : withDefaults({ ...shape, default: undefined }, shape.default);
  }
  if (value === UNKNOWN) return value;
  if (value instanceof Secret) return secret(withDefaults(shape, value.value));
  if (Array.isArray(value)) {
    const items = shape.items;
    return items ? value.map((item) => withDefaults(items, item)) : value;
  }
  if (!isTree(value)) return value;
  const completed = { ...value };
  if (typeof shape.additionalProperties === "object") {
    for (const key of Object.keys(value)) completed[key] = withDefaults(shape.additionalProperties, value[key]);
  }
  for (const [name, property] of Object.entries(shape.properties ?? {})) {
    const result = withDefaults(property, value[name]);
    if (result !== undefined) completed[name] = result;
  }
  return completed;
}
