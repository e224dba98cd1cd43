/** Which secret files an update has to write. Files that are not declared are never touched. */
type Files = Readonly<Record<string, string>>;

/** Writes that make the declared files true. */
export interface SecretFileChanges {
  readonly set: readonly { readonly name: string; readonly content: string }[];
  readonly remove: readonly string[];
}

/** The writes from what the service has to what is declared; `prior` tells which files were ours to remove. */
export function secretFileChanges(
  actual: ReadonlyMap<string, string>,
  prior: Files = {},
  declared: Files = {},
): SecretFileChanges {
  return {
    set: Object.entries(declared)
      .filter(([name, content]) => actual.get(name) !== content)
      .map(([name, content]) => ({ name, content })),
    remove: Object.keys(prior).filter((name) => !Object.hasOwn(declared, name) && actual.has(name)),
  };
}

/** Names of files that were declared otherwise, or not at all, before; not those that were there, undeclared, until now. */
export function redeclaredFiles(
  prior: { readonly secretFiles?: Files | undefined; readonly undeclaredSecretFiles: readonly string[] },
  declared: Files = {},
): string[] {
  const before = prior.secretFiles ?? {};
  const known = new Set([...Object.keys(before), ...prior.undeclaredSecretFiles]);
  const added = Object.keys(declared).filter((name) => !known.has(name));
  const changed = Object.keys(before).filter((name) => before[name] !== declared[name]);
  return [...added, ...changed];
}
