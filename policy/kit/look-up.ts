/** Reads a property of a resource, which may be secret, unknown or absent. */
import { isTree, reveal, UNKNOWN } from "../../providers/kit/values.ts";

/** The value below `path`, without its secret mark; `UNKNOWN` when a preview cannot know it, undefined when it is absent. */
export function lookUp(properties: unknown, ...path: readonly string[]): unknown {
  const value = reveal(properties);
  const [name, ...rest] = path;
  if (name === undefined || value === UNKNOWN) return value;
  return isTree(value) ? lookUp(value[name], ...rest) : undefined;
}

/** The items of a list; none when it is absent, undefined when a preview cannot know it. */
export function listAt(properties: unknown, ...path: readonly string[]): readonly unknown[] | undefined {
  const value = lookUp(properties, ...path);
  if (value === UNKNOWN) return undefined;
  return Array.isArray(value) ? value : [];
}
