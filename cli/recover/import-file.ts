/** The file that `pulumi import --file` reads. */
import type { Import } from "./decision.ts";
import { isStackUrn, nameOf, providerUrn, qualifiedTypeOf } from "./exported-stack.ts";

interface ImportedResource {
  readonly type: string;
  /** The name that the program gives it; with type and parent it makes the URN. */
  readonly logicalName: string;
  /** A name for this file, of which no two are the same. */
  readonly name: string;
  /** Left out for a component, which exists in the state alone. */
  readonly id?: string;
  readonly component?: true;
  /** Names in the table. */
  readonly parent?: string;
  readonly provider?: string;
}

/** The file's content. */
export interface ImportFile {
  /** URNs of parents and providers by the names that the resources use. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly ImportedResource[];
}

/**
 * The file that gives each resource exactly the URN and provider that the program gives it.
 * @param inState URNs of the state. A component that is not among them comes with what stands below it: a state that was
 * lost with its disk holds neither.
 */
export function importFile(imports: readonly Import[], inState: ReadonlySet<string>): ImportFile {
  const nameTable: Record<string, string> = {};
  const parents = new Set(imports.flatMap(({ operation }) => operation.resource.parent ?? []));
  const components = [...parents]
    .filter((urn) => !isStackUrn(urn) && isAtTheTop(urn) && !inState.has(urn))
    .map((urn, index) => ({ urn, entry: componentEntry(urn, `component${index}`) }));
  const resources = imports.map(({ id, operation: { resource } }, index): ImportedResource => {
    const { urn, type, parent } = resource;
    const provider = providerUrn(resource);
    const component = components.find(({ urn: own }) => own === parent)?.entry.name;
    if (parent !== undefined && !component && !isStackUrn(parent)) nameTable[`parent${index}`] = parent;
    if (provider !== undefined) nameTable[`provider${index}`] = provider;
    return {
      type,
      logicalName: nameOf(urn),
      name: `resource${index}`,
      id,
      ...(component && { parent: component }),
      ...(nameTable[`parent${index}`] && { parent: `parent${index}` }),
      ...(provider && { provider: `provider${index}` }),
    };
  });
  return { nameTable, resources: [...components.map(({ entry }) => entry), ...resources] };
}

/** Components of this program stand below the stack itself, so that their URN says all of them. */
function isAtTheTop(urn: string): boolean {
  return !qualifiedTypeOf(urn).includes("$");
}

function componentEntry(urn: string, name: string): ImportedResource {
  return { type: qualifiedTypeOf(urn), logicalName: nameOf(urn), name, component: true };
}
