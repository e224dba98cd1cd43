/** The file that `pulumi import --file` reads. */
import type { Import } from "./decision.ts";
import { isStackUrn, nameOf, providerUrn } from "./exported-stack.ts";

interface ImportedResource {
  readonly type: string;
  /** The name that the program gives it; with type and parent it makes the URN. */
  readonly logicalName: string;
  /** A name for this file, of which no two are the same. */
  readonly name: string;
  readonly id: string;
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

/** The file that gives each resource exactly the URN and provider that the program gives it. */
export function importFile(imports: readonly Import[]): ImportFile {
  const nameTable: Record<string, string> = {};
  const resources = imports.map(({ id, operation: { resource } }, index): ImportedResource => {
    const { urn, type, parent } = resource;
    const provider = providerUrn(resource);
    if (parent !== undefined && !isStackUrn(parent)) nameTable[`parent${index}`] = parent;
    if (provider !== undefined) nameTable[`provider${index}`] = provider;
    return {
      type,
      logicalName: nameOf(urn),
      name: `resource${index}`,
      id,
      ...(nameTable[`parent${index}`] && { parent: `parent${index}` }),
      ...(provider && { provider: `provider${index}` }),
    };
  });
  return { nameTable, resources };
}
