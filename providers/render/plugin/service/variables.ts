/** Which environment variables an update has to write. Variables that are not declared are never touched. */
import type { ServiceInputs } from "./inputs.ts";

type Declared = Pick<ServiceInputs, "environmentVariables" | "generatedVariables">;

/** Writes that make the declared variables true. */
export interface VariableChanges {
  readonly set: readonly { readonly name: string; readonly value: string }[];
  readonly generate: readonly string[];
  readonly remove: readonly string[];
}

/** Names of all declared variables, with a value or generated. */
export function declaredNames(declared: Declared): Set<string> {
  return new Set([...Object.keys(declared.environmentVariables), ...(declared.generatedVariables ?? [])]);
}

/** Names of what the service has and nobody declares, sorted. */
export function undeclaredNames(actual: ReadonlyMap<string, string>, declared: ReadonlySet<string>): string[] {
  return [...actual.keys()].filter((name) => !declared.has(name)).sort();
}

/** The writes from what the service has to what is declared; `prior` tells which variables were ours to remove. */
export function variableChanges(
  actual: ReadonlyMap<string, string>,
  prior: Declared,
  declared: Declared,
): VariableChanges {
  const names = declaredNames(declared);
  return {
    set: Object.entries(declared.environmentVariables)
      .filter(([name, value]) => actual.get(name) !== value)
      .map(([name, value]) => ({ name, value })),
    generate: (declared.generatedVariables ?? []).filter((name) => !actual.has(name)),
    remove: [...declaredNames(prior)].filter((name) => !names.has(name) && actual.has(name)),
  };
}

/**
 * Names of variables whose declaration means another value in the container than before: also when nothing is left
 * to write, because an interrupted run wrote it. A variable that only moved to the generated ones keeps its value,
 * and so does one that was there, undeclared, until now.
 */
export function redeclaredVariables(
  prior: Declared & { readonly undeclaredVariables: readonly string[] },
  declared: Declared,
): string[] {
  const names = declaredNames(declared);
  const known = new Set([...declaredNames(prior), ...prior.undeclaredVariables]);
  const added = [...names].filter((name) => !known.has(name));
  const removed = [...declaredNames(prior)].filter((name) => !names.has(name));
  const changed = Object.entries(declared.environmentVariables)
    .filter(([name, value]) => (prior.environmentVariables[name] ?? value) !== value)
    .map(([name]) => name);
  return [...added, ...removed, ...changed];
}
