/** Reads a property of a resource, which may be secret, unknown or absent. */
import { isTree, reveal, Secret, UNKNOWN } from "../../providers/kit/values.ts";

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

/** The value for a message: `[secret]` when it is secret, or in something that is. */
export function shownAt(properties: unknown, ...path: readonly string[]): string {
  if (properties instanceof Secret) return "[secret]";
  const [name, ...rest] = path;
  if (name === undefined) return String(properties);
  return shownAt(isTree(properties) ? properties[name] : undefined, ...rest);
}
