/** Objects that are looked up by a name, which the service lets several have. */

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
