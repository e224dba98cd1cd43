/** Values as a bridged plugin sees them: a setting that is left out equals its zero value. */

/** An object of which any property may still be missing. */
export type Incomplete<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** True for a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for what counts as "not set": absent, null, false, 0, an empty text, list or object, an object of such. */
export function isZero(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isZero);
}

/** A text that is the same for two values exactly when they differ in nothing but unset properties and key order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const set = Object.keys(value)
    .filter((key) => !isZero(value[key]))
    .sort();
  return `{${set.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** The object without its absent properties. */
export function defined<T extends Record<string, unknown>>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}
