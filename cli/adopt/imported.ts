/** What an adoption has put into the state. */
import { nameOf } from "../recover/exported-stack.ts";
import type { StateResource } from "../state/resources.ts";

/**
 * The resources that came with an adoption: those with an id that it found, and the components that hold nothing else.
 * What another run has made meanwhile is not among them, nor is a component that it stands below.
 * @param there URNs of what the state held before.
 * @param ids what was found, by the resource's name.
 */
export function importedIn(
  resources: readonly StateResource[],
  there: ReadonlySet<string>,
  ids: Readonly<Record<string, string>>,
): StateResource[] {
  const isNew = ({ urn }: StateResource): boolean => !there.has(urn);
  const isFound = ({ urn, id }: StateResource): boolean => id !== undefined && ids[nameOf(urn)] !== undefined;
  const staying = resources.filter(
    (one) => one.id !== undefined && !isDefaultProvider(one) && !(isNew(one) && isFound(one)),
  );
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const needed = new Set(staying.flatMap(({ urn }) => ancestors(urn, parents)));
  return resources.filter((one) => isNew(one) && (one.id === undefined ? !needed.has(one.urn) : isFound(one)));
}

/** They go by themselves with the last resource that uses them. */
function isDefaultProvider({ type, urn }: StateResource): boolean {
  return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameOf(urn));
}

function ancestors(urn: string, parents: ReadonlyMap<string, string | undefined>): string[] {
  const parent = parents.get(urn);
  return parent === undefined ? [] : [parent, ...ancestors(parent, parents)];
}
