/** Which properties are secret however they are written. */
import { mayBeSecretByName } from "../../../lib/secret-names.ts";
import type { ResourceKind } from "../catalogue/index.ts";

/** Maps whose keys are chosen by the user, so that a name may say that the value is a secret. */
const VARIABLES = new Set(["environmentVariables", "buildArgs", "env", "envs", "variables"]);

/** A path as the patterns of kinds are matched: without the numbers of lists. */
const matches = (pattern: string, segments: readonly string[]): boolean => {
  const names = pattern.split(".");
  return names.length === segments.length && names.every((name, index) => name === "*" || name === segments[index]);
};

/** Whether the value at a path is never shown, also where neither side is marked as a secret. */
export function isSecretPath({ secrets = [] }: ResourceKind, segments: readonly string[]): boolean {
  if (secrets.some((pattern) => matches(pattern, segments))) return true;
  const name = segments.at(-1) ?? "";
  return segments.slice(0, -1).some((segment) => VARIABLES.has(segment)) && mayBeSecretByName(name);
}
