/**
 * Property paths of the engine: `rules.pullRequest`, `teams[0]`, `labels["a.b"]`.
 * Source: Pulumi SDK, "go/common/resource/property_path.go".
 */

/** One name or index, as it stands in a path. */
const SEGMENT = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|\.?([^.[\]]+)/gy;

/** Names that need no quotes in a path. */
const PLAIN = /^[^.[\]"]+$/;

/** The names and indices of a path; one that cannot be read is one name. */
export function parsePath(path: string): string[] {
  const segments: string[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < path.length) {
    const match = SEGMENT.exec(path);
    if (!match) return [path];
    const [, quoted, index, name] = match;
    segments.push(quoted?.replaceAll(/\\(.)/g, "$1") ?? index ?? name ?? "");
  }
  return segments;
}

/** The path of an inner property. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!PLAIN.test(key)) return `${path}["${key.replaceAll(/["\\]/g, "\\$&")}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** What a value holds at a path; undefined when there is nothing. */
export function valueAt(value: unknown, segments: readonly string[]): unknown {
  let current = value;
  for (const segment of segments) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, segment)) return undefined;
    current = (current as Record<string, unknown>)[segment];
  }
  return current;
}
