/** Larger values, taken apart. */
import { countSecrets, isSecret, isUnknown } from "./marker.ts";
import { joinPath } from "./path.ts";

/** A property on both sides, as the engine has it. */
export interface Pair {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A pair of objects as pairs of their innermost properties; lists stay whole, and so does what is equal. */
export function leavesOf({ path, before, after }: Pair): Pair[] {
  const names = [...new Set([...namesIn(before), ...namesIn(after)])];
  const apart = names.length > 0 && [before, after].every((side) => side === undefined || namesIn(side).length > 0);
  if (!apart) return [{ path, before, after }];
  return names.flatMap((name) =>
    leavesOf({ path: joinPath(path, name), before: within(before, name), after: within(after, name) }),
  );
}

/** Whether two lists have the same members, in whatever order; never with a secret in them, as below. */
export function sameMembers(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  if (countSecrets(one) + countSecrets(other) > 0) return false;
  const sorted = (list: unknown[]): string[] => list.map((member) => canonical(member)).sort();
  const rest = sorted(other);
  return sorted(one).every((member, index) => member === rest[index]);
}

/** Whether two values are the same. Markers of two secrets look alike and may not be: they never are. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (countSecrets(one) + countSecrets(other) > 0) return false;
  return canonical(one) === canonical(other);
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    ) ?? "undefined"
  );
}

function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  if (isSecret(value) || isUnknown(value)) return [];
  return Object.keys(value);
}

function within(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | undefined)?.[name];
}
