/** A stack's configuration as the engine hands it over, before anything is checked. */
import { getProject, getStack, runtime } from "@pulumi/pulumi";
import { type Problem, removeCommand, setSecretCommand } from "./configuration-problems.ts";

/**
 * The values of a namespace as plain data, by name, and the stack's name as `environment` unless it is configured.
 * Read raw: the SDK's Config warns of each secret that is read as plain.
 */
export function rawConfiguration(namespace: string): Record<string, unknown> {
  const values = Object.entries(runtime.allConfig()).filter(([key]) => key.startsWith(`${namespace}:`));
  const named = values.map(([key, value]) => [key.slice(namespace.length + 1), parsedValue(value)]);
  return { environment: getStack(), ...Object.fromEntries(named) };
}

/** Whether nothing at all is configured in a namespace, nor under a key that lacks it. */
export function isUnconfigured(namespace: string): boolean {
  return !Object.keys(runtime.allConfig()).some((key) => [namespace, getProject()].includes(key.split(":")[0] ?? ""));
}

function parsedValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Keys without a namespace land in the project's own, which is another one in a project of another name. */
export function misplacedKeys(namespace: string): Problem[] {
  const ignored = (key: string): boolean => key.startsWith(`${getProject()}:`) && !key.startsWith(`${namespace}:`);
  const problem = `is not read: the chain's keys start with \`${namespace}:\`, whatever the project's name`;
  const keys = Object.keys(runtime.allConfig()).filter(ignored);
  return keys.map((key) => ({ key, problem, mend: removeCommand(key) }));
}

/**
 * Secrets under other names than `allowed`: the program could not tell which leaf is one, and would show it.
 * @param place the key where a secret belongs.
 */
export function misplacedSecrets(namespace: string, allowed: readonly string[], place: string): Problem[] {
  const { isConfigSecret } = runtime as unknown as { isConfigSecret(key: string): boolean };
  const problem = "holds a secret, which would be shown; the site's secrets have a place of their own";
  const allowedKeys = allowed.map((name) => `${namespace}:${name}`);
  return Object.keys(runtime.allConfig())
    .filter((key) => key.startsWith(`${namespace}:`) && isConfigSecret(key) && !allowedKeys.includes(key))
    .map((key) => ({ key, problem, mend: setSecretCommand(place) }));
}
