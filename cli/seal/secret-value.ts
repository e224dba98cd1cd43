/** How the engine writes a secret, in an exported state and in a plan, when it is asked to show it. */
import { SECRET, SIGNATURE } from "../../providers/kit/markers.ts";

/** A path below a resource's properties. */
export type Path = readonly (string | number)[];

/** A plain object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is an object of JSON, and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a secret hides; undefined when the value is none. */
export function secretIn(value: unknown): { readonly value: unknown } | undefined {
  if (!isObject(value) || value[SIGNATURE] !== SECRET || typeof value["plaintext"] !== "string") return undefined;
  return { value: JSON.parse(value["plaintext"]) };
}

/** The value as a secret. */
export function asSecret(value: unknown): JsonObject {
  return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) };
}

/** The tree with each secret replaced by what `replace` makes of its value. */
export function mapSecrets(tree: unknown, replace: (value: unknown, path: Path) => unknown, path: Path = []): unknown {
  const secret = secretIn(tree);
  if (secret) return replace(secret.value, path);
  if (Array.isArray(tree)) return tree.map((item, index) => mapSecrets(item, replace, [...path, index]));
  if (!isObject(tree)) return tree;
  const entries = Object.entries(tree).map(([key, value]) => [key, mapSecrets(value, replace, [...path, key])]);
  return Object.fromEntries(entries);
}

/** The tree with each secret's value in its place. */
export function revealed(tree: unknown): unknown {
  return mapSecrets(tree, (value) => value);
}

/** What is at the path; undefined when nothing is. */
export function at(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], tree);
}

/** The path as reports write it, e.g. `environmentVariables.API_KEY`. */
export function pathText(path: Path): string {
  return path.map((name, index) => (typeof name === "number" ? `[${name}]` : `${index ? "." : ""}${name}`)).join("");
}
