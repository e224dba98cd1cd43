/** Diff: which input properties changed, path by path, and which of the changes replace the object. */
import { formatPath, isWithin, type Path, parsePath } from "./path.ts";
import type { ResourceDefinition } from "./resource.ts";
import { isTree, type PropertyTree, plain, reveal, Secret, UNKNOWN } from "./values.ts";

export type ChangeKind = "add" | "delete" | "update";

/** One changed property. */
export interface Change {
  readonly path: Path;
  readonly kind: ChangeKind;
  readonly replace: boolean;
  /** False for a change that shows in no input (a file whose content changed). */
  readonly input: boolean;
}

type Found = Omit<Change, "replace">;

type Known = Readonly<Record<"inputs" | "outputs", Record<string, unknown>>>;

/** What was known of the object: inputs and outputs as trees. */
export interface PriorTrees {
  readonly inputs: PropertyTree;
  readonly outputs: PropertyTree;
}

type Definition = Pick<
  // biome-ignore lint/suspicious/noExplicitAny: any definition will do
  ResourceDefinition<any, any, any>,
  "replaceOnChanges" | "replaces" | "deleteBeforeReplace" | "update" | "changes" | "diff" | "isChange" | "writeOnly"
>;

/** All changes from the old inputs to the new; `ignored` holds paths as in the `ignoreChanges` option. */
export async function diffInputs(
  definition: Definition,
  prior: PriorTrees,
  news: PropertyTree,
  ignored: readonly string[],
): Promise<readonly Change[]> {
  const inInputs = definition.diff ? declared(definition, prior, news) : compare(prior.inputs, news, [], false);
  const known = { inputs: plain(prior.inputs), outputs: plain(prior.outputs) };
  const declaredNow = plain(news);
  const names = await definition.changes?.(known, declaredNow);
  const elsewhere = (names ?? []).map((name): Found => ({ path: parsePath(name), kind: "update", input: false }));
  const ignoredPaths = ignored.map(parsePath);
  return [...inInputs, ...elsewhere]
    .filter((change) => !ignoredPaths.some((pattern) => isWithin(change.path, pattern)))
    .filter((change) => !isImportedWriteOnly(definition, prior, change))
    .filter((change) => !isJudgeable(change, news) || (definition.isChange?.(change.path, known, declaredNow) ?? true))
    .map((change) => ({ ...change, replace: replaces(definition, change, known, declaredNow) }));
}

function replaces(definition: Definition, change: Found, known: Known, inputs: Record<string, unknown>): boolean {
  if (!definition.update) return true;
  return touches(change, definition.replaceOnChanges) && (definition.replaces?.(change.path, known, inputs) ?? true);
}

/** A value that no service tells is absent after an import; declaring it then says what is there, and changes nothing. */
function isImportedWriteOnly(definition: Definition, prior: PriorTrees, { path }: Found): boolean {
  const [name, ...below] = path;
  return below.length === 0 && definition.writeOnly?.includes(String(name)) === true && !(String(name) in prior.inputs);
}

/** Whether a definition can be asked about a change: it shows in the inputs, and nothing that decides it is unknown. */
function isJudgeable({ path, input }: Found, news: PropertyTree): boolean {
  const name = String(path[0]);
  const value = reveal(news[name]);
  const unknown = unknownPaths(value, [name]);
  if (Array.isArray(value) && unknown.length > 0) return false;
  return input && !unknown.some((other) => isWithin(path, other) || isWithin(other, path));
}

/** What the definition itself finds, and every input that is unknown yet: nothing can be said of it but that it may differ. */
function declared(definition: Definition, prior: PriorTrees, news: PropertyTree): readonly Found[] {
  const known = { inputs: plain(prior.inputs), outputs: plain(prior.outputs) };
  const differences = definition.diff?.(known, plain(news)) ?? [];
  const unknown = unknownPaths(news, []);
  const certain = differences
    .map(({ property, kind }): Found => ({ path: parsePath(property), kind, input: true }))
    .filter(({ path }) => !unknown.some((other) => isWithin(path, other) || isWithin(other, path)));
  return [...certain, ...unknown.map((path): Found => ({ path, kind: "update", input: true }))];
}

function unknownPaths(value: unknown, path: Path): readonly Path[] {
  const bare = reveal(value);
  if (bare === UNKNOWN) return [path];
  if (Array.isArray(bare)) return bare.flatMap((item, index) => unknownPaths(item, [...path, index]));
  return isTree(bare) ? Object.entries(bare).flatMap(([key, child]) => unknownPaths(child, [...path, key])) : [];
}

/** Whether the old object must go before its replacement is made. */
export function deletesBeforeReplace(definition: Definition, changes: readonly Change[]): boolean {
  return changes.some((change) => change.replace && touches(change, definition.deleteBeforeReplace));
}

/** The names of the top-level properties that changed, without repetition. */
export function changedNames(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.map((change) => String(change.path[0])))];
}

/** The path of a change as the engine writes it. */
export function changePath(change: Change): string {
  return formatPath(change.path);
}

/** A change below a named property, or of something that holds it. */
function touches(change: Pick<Change, "path">, names: readonly string[] = []): boolean {
  return names.some((name) => isWithin(change.path, parsePath(name)) || isWithin(parsePath(name), change.path));
}

function compare(before: unknown, after: unknown, path: Path, wasSecret: boolean): readonly Found[] {
  const old = reveal(before);
  const now = reveal(after);
  const hidden = wasSecret || before instanceof Secret;
  const found = (kind: ChangeKind): readonly Found[] => [{ path, kind, input: true }];
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return found("add");
  if (now === undefined) return found("delete");
  // A value that becomes secret is written again, so that no plain copy of it stays among the outputs.
  if (now === UNKNOWN || (after instanceof Secret && !hidden)) return found("update");
  if (Array.isArray(old) && Array.isArray(now)) {
    const indices = [...Array(Math.max(old.length, now.length)).keys()];
    return indices.flatMap((index) => compare(old[index], now[index], [...path, index], hidden));
  }
  if (isTree(old) && isTree(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => compare(old[key], now[key], [...path, key], hidden));
  }
  return old === now ? [] : found("update");
}
