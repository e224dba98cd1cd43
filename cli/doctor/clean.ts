/** Makes text from a service safe to show. */
import { mayBeSecretByName } from "../../lib/secret-names.ts";
import { oneLine } from "../report/values/clean.ts";

const SHORTEST_SECRET = 8;

/** The text on one line, without what could steer a terminal, and with every secret masked. */
export function cleanText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, "[secret]"), oneLine(text).trim());
}

/**
 * Values of the environment and of the login that no output may hold, longest first: one may begin with another. Short
 * ones are no secrets, but parts of words.
 */
export function secretsOf(env: NodeJS.ProcessEnv, password: string | undefined): string[] {
  const named = Object.entries(env).filter(([name]) => mayBeSecretByName(name));
  return [...named.map(([, value]) => value), password]
    .filter((value) => value !== undefined)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .toSorted((one, other) => other.length - one.length);
}
