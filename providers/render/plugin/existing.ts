/** Objects that exist already. */

/** The error for a name that is taken, with the command that adopts the object. */
export function alreadyExists(kind: string, token: string, name: string, id: string): Error {
  return new Error(
    `a ${kind} named "${name}" exists already in the workspace (${id}). If it is the one that is meant, adopt it with ` +
      `\`pulumi import ${token} NAME ${id}\`, where NAME is its name in the program; otherwise choose another name`,
  );
}

/** The one object of a name. Throws when there are several; the ids tell them apart. */
export function onlyOne<Item extends { readonly id: string }>(
  kind: string,
  name: string,
  found: readonly Item[],
): Item | undefined {
  if (found.length <= 1) return found[0];
  const ids = found.map(({ id }) => id).join(", ");
  throw new Error(`there are ${found.length} ${kind}s named "${name}" (${ids}); name one by its id`);
}
