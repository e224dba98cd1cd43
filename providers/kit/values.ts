/** Property trees as they travel between engine and provider: JSON values, with secrets and unknowns marked. */

/** A value that must be encrypted in the state and hidden in output. Never nested. */
export class Secret {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** A value that only the real run will know. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A JSON object whose values may hold `Secret` and `UNKNOWN`. */
export type PropertyTree = Record<string, unknown>;

/** Marks a value as secret; an already secret value stays as it is. */
export function secret(value: unknown): Secret {
  return value instanceof Secret ? value : new Secret(value);
}

/** The value without its secret mark. */
export function reveal(value: unknown): unknown {
  return value instanceof Secret ? value.value : value;
}

/** True for a JSON object: not an array, not a marker, not null. */
export function isTree(value: unknown): value is PropertyTree {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

/** True when the value or anything in it is unknown. */
export function containsUnknown(value: unknown): boolean {
  const bare = reveal(value);
  if (bare === UNKNOWN) return true;
  if (Array.isArray(bare)) return bare.some(containsUnknown);
  return isTree(bare) && Object.values(bare).some(containsUnknown);
}

/** True when the value or anything in it is secret. */
export function containsSecret(value: unknown): boolean {
  if (value instanceof Secret) return true;
  if (Array.isArray(value)) return value.some(containsSecret);
  return isTree(value) && Object.values(value).some(containsSecret);
}

/**
 * The tree as a definition sees it: secrets revealed, unknown properties absent. An array with an unknown
 * element is absent as a whole, because a shorter array would be a wrong value.
 */
export function plain(tree: PropertyTree): PropertyTree {
  return plainValue(tree) as PropertyTree;
}

function plainValue(value: unknown): unknown {
  const bare = reveal(value);
  if (bare === UNKNOWN) return undefined;
  if (Array.isArray(bare)) return containsUnknown(bare) ? undefined : bare.map(plainValue);
  if (!isTree(bare)) return bare;
  const entries = Object.entries(bare).map(([key, child]) => [key, plainValue(child)] as const);
  return Object.fromEntries(entries.filter(([, child]) => child !== undefined));
}
