/** The engine's own import file, with the ids filled in. */
import { z } from "zod";
import { providerUrn, type StateResource } from "../recover/exported-stack.ts";
import type { PlannedStep } from "./preview.ts";

const resource = z.looseObject({
  type: z.string(),
  name: z.string(),
  logicalName: z.string().optional(),
  component: z.boolean().optional(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  version: z.string().optional(),
  pluginDownloadUrl: z.string().optional(),
});
const importFile = z.looseObject({
  nameTable: z.record(z.string(), z.string()).default({}),
  resources: z.array(resource).default([]),
});

export type ImportFile = z.infer<typeof importFile>;
type Entry = z.infer<typeof resource>;

/** Reads what `pulumi preview --import-file` has written. */
export function parseImportFile(text: string): ImportFile {
  return importFile.parse(JSON.parse(text));
}

/**
 * The file of all that has an id, once for what is protected and once for the rest: the engine takes one flag for a
 * whole file. Components go with the first.
 * @param steps the preview that wrote the file.
 * @param existing what the state holds.
 */
export function filledIn(
  file: ImportFile,
  ids: Readonly<Record<string, string>>,
  steps: readonly PlannedStep[],
  existing: readonly StateResource[],
): { readonly file: ImportFile; readonly protect: boolean }[] {
  const listed = withImported(file, steps, existing);
  const stepOf = (entry: Entry): PlannedStep | undefined =>
    steps.find(({ name, type }) => name === nameIn(entry) && type === entry.type);
  const withIds = listed.resources.flatMap((entry) => {
    const id = ids[nameIn(entry)];
    return entry.component || id === undefined ? [] : [{ entry: { ...entry, id }, protect: stepOf(entry)?.protect }];
  });
  const components = listed.resources.filter(({ component }) => component);
  const groups = [false, true].map((protect) => ({
    protect,
    resources: withIds.filter((one) => (one.protect ?? false) === protect).map(({ entry }) => entry),
  }));
  const used = groups.filter(({ resources }) => resources.length > 0);
  return used.map(({ protect, resources }, index) => {
    // The second file finds the components of the first in the state.
    if (index === 0) return { protect, file: { ...listed, resources: [...components, ...resources] } };
    const table = Object.fromEntries(components.map((entry) => [entry.name, componentUrn(entry, steps)]));
    return { protect, file: { nameTable: { ...listed.nameTable, ...table }, resources } };
  });
}

/** A resource that the program itself imports is not in the engine's file. */
function withImported(file: ImportFile, steps: readonly PlannedStep[], existing: readonly StateResource[]): ImportFile {
  const nameTable = { ...file.nameTable };
  const added = steps
    .filter(({ op }) => op === "import")
    .map(({ type, name, parent = "" }): Entry => {
      const component = file.resources.find((entry) => entry.component && componentUrn(entry, steps) === parent);
      const parentName = component?.name ?? `parent of ${name}`;
      if (!component) nameTable[parentName] = parent;
      const sibling = file.resources.find((entry) => entry.type.split(":")[0] === type.split(":")[0]);
      if (sibling) return { type, name, parent: parentName, ...plugin(sibling) };
      const known = existing.find((one) => one.type.split(":")[0] === type.split(":")[0] && one.provider);
      const provider = known && providerUrn(known);
      if (provider) nameTable["provider of files"] = provider;
      return { type, name, parent: parentName, ...(provider && { provider: "provider of files" }) };
    });
  return { nameTable, resources: [...file.resources, ...added] };
}

function plugin({ version, pluginDownloadUrl }: Entry) {
  return { ...(version && { version }), ...(pluginDownloadUrl && { pluginDownloadUrl }) };
}

/** The URN of a component, from one of its children: components of this program stand at the top. */
function componentUrn({ name, type }: Entry, steps: readonly PlannedStep[]): string {
  const child = steps.find(({ parent = "" }) => parent.endsWith(`::${type}::${name}`));
  return child?.parent ?? "";
}

function nameIn({ name, logicalName = name }: Entry): string {
  return logicalName;
}
