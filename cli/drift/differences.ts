/** Where two states of one resource differ. */
import { sameMembers } from "../report/values/leaves.ts";
import { isSecret } from "../report/values/marker.ts";
import { joinPath, parsePath } from "../report/values/path.ts";

/** One place where they differ, with a value on at least one side. */
export interface ValueChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Every innermost difference. A list counts as one value; one whose order means nothing, by its path in `unordered`, is
 * the same in another order. A secret counts as equal to whatever value there is: what it is
 * is not in the events, and whether a value is marked as one depends on who gave it.
 */
export function changesBetween(
  before: unknown,
  after: unknown,
  unordered: readonly string[] = [],
  path = "",
): ValueChange[] {
  if (isPlainObject(before) && isPlainObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => changesBetween(before[name], after[name], unordered, joinPath(path, name)));
  }
  if (unordered.includes(path) && sameMembers(before, after)) return [];
  return seemsSame(before, after) ? [] : [{ path, before, after }];
}

function seemsSame(before: unknown, after: unknown): boolean {
  if (isSecret(before) || isSecret(after)) return before !== undefined && after !== undefined;
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((one, index) => seemsSame(one, after[index]));
  if (isPlainObject(before) && isPlainObject(after))
    return changesBetween(before, after).every((change) => isUnset(change.before) && isUnset(change.after));
  return before === after;
}

/** What a vendor's plugin writes into an entry of a list for a setting that is left out, or leaves out itself. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === 0 || value === false || value === "";
}

/** Whether one path is the other or lies within it. Places in a list are not told apart: they move with an insertion. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [namesOf(one), namesOf(other)];
  return a.slice(0, b.length).every((name, index) => name === b[index]);
}

/** Whether any of the paths overlaps with this one. */
export function overlapsAny(path: string, paths: readonly string[]): boolean {
  return paths.some((one) => overlap(one, path));
}

function namesOf(path: string): string[] {
  return parsePath(path.replace(/\[(\d+|\*)\].*$/, ""));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSecret(value);
}
