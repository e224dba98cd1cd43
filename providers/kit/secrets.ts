/** Finds the secrets of a call, and marks them again in what a definition returned in plain form. */
import { isWithin, type Path, parsePath } from "./path.ts";
import { isTree, type PropertyTree, Secret, secret } from "./values.ts";

/** A text this short is not taken for a secret wherever it turns up: `"1"` or `"dev"` would mark half the state. */
const SHORTEST_EQUAL = 4;
/** From this length on, a text that contains a secret is secret too (a URL with a password in it). */
const SHORTEST_CONTAINED = 8;

/** The secrets of one call: where they sit, and what they are. */
export interface KnownSecrets {
  readonly paths: readonly Path[];
  readonly values: ReadonlySet<string>;
}

/** Collects every secret of the given trees. */
export function findSecrets(...trees: readonly PropertyTree[]): KnownSecrets {
  const paths: Path[] = [];
  const values = new Set<string>();
  for (const tree of trees) collect(tree, [], false, paths, values);
  return { paths, values };
}

function collect(value: unknown, path: Path, inSecret: boolean, paths: Path[], values: Set<string>): void {
  if (value instanceof Secret) {
    paths.push(path);
    collect(value.value, path, true, paths, values);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      collect(item, [...path, index], inSecret, paths, values);
    });
  } else if (isTree(value)) {
    for (const [key, child] of Object.entries(value)) collect(child, [...path, key], inSecret, paths, values);
  } else if (inSecret && (typeof value === "string" || typeof value === "number")) {
    values.add(String(value));
  }
}

/**
 * Marks as secret: what the definition names, what sits where a secret sat, and every text that is or contains
 * a known secret. `names` are property names or paths with `*`.
 */
export function markSecrets(tree: PropertyTree, known: KnownSecrets, names: readonly string[] = []): PropertyTree {
  const patterns = [...known.paths, ...names.map(parsePath)];
  const texts = [...known.values].filter((text) => text.length >= SHORTEST_EQUAL);
  const mark = (value: unknown, path: Path): unknown => {
    if (value === undefined || value instanceof Secret) return value;
    if (path.length > 0 && patterns.some((pattern) => isWithin(path, pattern))) return secret(withoutMarks(value));
    if (Array.isArray(value)) return value.map((item, index) => mark(item, [...path, index]));
    if (isTree(value)) return mapEntries(value, (child, key) => mark(child, [...path, key]));
    return typeof value === "string" && texts.some((text) => reveals(value, text)) ? secret(value) : value;
  };
  return mark(tree, []) as PropertyTree;
}

function reveals(value: string, text: string): boolean {
  return value === text || (text.length >= SHORTEST_CONTAINED && value.includes(text));
}

function withoutMarks(value: unknown): unknown {
  if (value instanceof Secret) return withoutMarks(value.value);
  if (Array.isArray(value)) return value.map(withoutMarks);
  return isTree(value) ? mapEntries(value, withoutMarks) : value;
}

function mapEntries(tree: PropertyTree, convert: (value: unknown, key: string) => unknown): PropertyTree {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, convert(value, key)]));
}
