/** Takes secrets out of what is shown of a call: by the names that carry them and by the values that are known. */
import { mayBeSecretByName } from "../../../lib/secret-names.ts";

/** What stands in the place of a secret. */
export const MASK = "[masked]";

/** Removes secrets from recorded calls. */
export interface Masker {
  /** A value that is a secret wherever it shows up. */
  learn(secret: string): void;
  text(value: string): string;
  /** A parsed JSON body. */
  json(value: unknown): unknown;
  headers(headers: Headers): Record<string, string>;
}

/** What the services' APIs call what is secret: properties, and no variables of a team's. */
const SECRET_NAME = /token|secret|passw|credential|private|api_?-?key|encrypted/i;
/** Names that look like a secret's but tell only that one exists, or which. */
const HARMLESS_NAME =
  /_?(id|ids|name|names|type|enabled|url|scanning|protection|read_only|secretfiles?|at)$|^secret_|secrets/i;
/** Names whose value is a secret in a list of variables: `{ key | name, value }`, `{ name, content }`. */
const VARIABLE_NAMES = ["key", "name"];
const VARIABLE_VALUES = ["value", "content"];
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^/@]+)@/i;
const SECRET_HEADER = /^(authorization|proxy-authorization|circle-token|cookie|set-cookie|x-sentry-auth)$/i;
/** What stands beside the address of a webhook: such an address is a secret itself. */
const BESIDE_HOOK_ADDRESS = ["secret", "signing-secret", "content_type", "insecure_ssl", "verify-tls"];
/** Shorter values are masked where their name says so, not by search: "true" or "8000" stand everywhere. */
const SEARCHABLE_LENGTH = 8;
/** A segment of an address that is as long is a key. */
const SHORTEST_KEY = 16;

/** A masker that knows the given secrets and learns more from the bodies that it masks. */
export function createMasker(secrets: Iterable<string>): Masker {
  const known = new Set<string>();
  const learn = (secret: string): void => {
    if (secret.length >= SEARCHABLE_LENGTH && secret !== MASK) known.add(secret);
  };
  for (const secret of secrets) learn(secret);

  const text = (value: string): string => {
    let masked = value;
    for (const secret of known) masked = masked.replaceAll(secret, MASK);
    return masked;
  };
  const mask = (value: unknown, byName: boolean): unknown => {
    if (typeof value === "string") return byName && value !== "" ? MASK : text(value);
    if (byName && typeof value === "number") return MASK;
    if (Array.isArray(value)) return value.map((item) => mask(item, byName));
    if (value === null || typeof value !== "object") return value;
    const address = hookAddress(value);
    if (address) return { ...(mask({ ...value, url: "" }, byName) as object), url: `${address.origin}/${MASK}` };
    const variable = isVariable(value);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        mask(item, isSecretName(name) || (variable && VARIABLE_VALUES.includes(name)) || isLoneValue(name, value)),
      ]),
    );
  };
  return {
    learn,
    text,
    json(value) {
      learnFrom(value, learn);
      return mask(value, false);
    },
    headers: (headers) =>
      Object.fromEntries([...headers].map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : text(value)])),
  };
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

function isVariable(value: object): boolean {
  const names = Object.keys(value);
  return names.length <= 3 && VARIABLE_NAMES.some((name) => names.includes(name));
}

/** The address of a webhook, when the object describes one. */
function hookAddress(value: object): URL | undefined {
  const isHook = "url" in value && BESIDE_HOOK_ADDRESS.some((name) => name in value);
  return isHook && typeof value.url === "string" ? (URL.parse(value.url) ?? undefined) : undefined;
}

/** What in an address is a key, and no word that stands elsewhere. */
function keysIn({ pathname, searchParams }: URL): string[] {
  const segments = pathname.split("/").filter((segment) => segment.length >= SHORTEST_KEY);
  return [...segments, ...searchParams.values()];
}

/** `PUT .../environment-variable/NAME { value }`: the name is in the path. */
function isLoneValue(name: string, value: object): boolean {
  return VARIABLE_VALUES.includes(name) && Object.keys(value).length === 1;
}

/** Passwords in addresses, values under a secret's name, and values of variables whose own name sounds like one. */
function learnFrom(value: unknown, learn: (secret: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) learnFrom(item, learn);
    return;
  }
  if (value === null || typeof value !== "object") return;
  const entries = Object.entries(value);
  const address = hookAddress(value);
  for (const part of address ? keysIn(address) : []) learn(part);
  const variableName = entries.find(([name]) => VARIABLE_NAMES.includes(name))?.[1];
  const secretVariable = typeof variableName === "string" && mayBeSecretByName(variableName);
  for (const [name, item] of entries) {
    if (typeof item !== "string") {
      learnFrom(item, learn);
      continue;
    }
    const [, password] = URL_WITH_PASSWORD.exec(item) ?? [];
    if (password !== undefined) learn(password);
    const isVariableValue = VARIABLE_VALUES.includes(name);
    if (isSecretName(name) || (isVariableValue && (secretVariable || URL_WITH_PASSWORD.test(item)))) learn(item);
  }
}
