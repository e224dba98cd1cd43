/**
 * Which secrets of a state have to be kept. Some are marked, but are none: a service takes the name of an environment
 * as a secret variable, say. A program that had nothing but placeholders cannot have made one of a real secret.
 */
import { isDeepStrictEqual } from "node:util";
import { addressOf, container } from "./placeholder.ts";
import type { PlannedInputs } from "./planned-inputs.ts";
import type { KnownSecret } from "./scan.ts";
import { placeOf, type StateSecret } from "./sealed-state.ts";
import { at, isObject, revealed } from "./secret-value.ts";

/**
 * Those that the program did not make by itself.
 * @param planned what it made of placeholders.
 */
export function trulySecret(secrets: readonly StateSecret[], planned: PlannedInputs): KnownSecret[] {
  return secrets.flatMap((secret) => {
    const made = at(revealed(planned.get(secret.urn)), secret.path);
    const isRepeated =
      secret.section === "inputs" ||
      secrets.some(
        (input) =>
          input.section === "inputs" &&
          input.urn === secret.urn &&
          isDeepStrictEqual([input.path, input.value], [secret.path, secret.value]),
      );
    const kept = isRepeated ? notMadeOf(secret.value, made) : [secret.value];
    return kept.map((value) => ({ name: placeOf(secret), value }));
  });
}

/** The parts of the value that differ from what was made without secrets. */
function notMadeOf(value: unknown, made: unknown): unknown[] {
  if (isDeepStrictEqual(value, made)) return [];
  if (Array.isArray(value) && Array.isArray(made)) return value.flatMap((item, index) => notMadeOf(item, made[index]));
  if (isObject(value) && isObject(made))
    return Object.entries(value).flatMap(([name, inner]) => notMadeOf(inner, made[name]));
  if (typeof value !== "string" || typeof made !== "string") return [value];
  const [inner, madeInner] = [container(value), container(made)];
  if (inner && madeInner) return notMadeOf(inner, madeInner);
  const [address, madeAddress] = [addressOf(value), addressOf(made)];
  if (!address || !madeAddress) return [value];
  const known = new Set(partsOf(madeAddress));
  const different = partsOf(address).filter((part) => !known.has(part));
  return different.length < partsOf(address).length ? different : [value];
}

function partsOf({ username, password, hostname, pathname, searchParams, hash }: URL): string[] {
  const parts = [username, password, hostname, ...pathname.split("/"), ...searchParams.values(), hash];
  return parts.filter((part) => part !== "");
}
