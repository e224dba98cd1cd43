/** The properties of one resource that change for somebody, and a count of those that do not. */
import type { ResourceKind } from "./catalogue/index.ts";
import type { Hidden, PropertyChange, ReportOperation, Side } from "./report.ts";
import type { ResourceStep } from "./steps.ts";
import { cleanText } from "./values/clean.ts";
import { leavesOf, type Pair, sameMembers, sameValue } from "./values/leaves.ts";
import { countSecrets, sideOf } from "./values/marker.ts";
import { parsePath, valueAt } from "./values/path.ts";
import { isSecretPath } from "./values/secrecy.ts";

/** What was left out of one resource. */
export type PropertyNoise = Pick<Hidden, "bookkeeping" | "secrets" | "order" | "consequences">;

/** Both, for one resource. */
export interface Properties {
  readonly changes: readonly PropertyChange[];
  readonly noise: PropertyNoise;
}

/** Bookkeeping of any provider. */
const BOOKKEEPING = /^(__.*|etag|createdAt|updatedAt|lastUpdated)$/;

/** What a step changes. */
export function propertiesOf(step: ResourceStep, kind: ResourceKind, operation: ReportOperation): Properties {
  const noise = { bookkeeping: 0, secrets: 0, order: 0, consequences: 0 };
  const pairs = step.operation === "create" || step.operation === "import" ? created(step) : differing(step, kind);
  const changes: PropertyChange[] = [];
  const all = [...pairs, ...watched(step, kind, operation)];
  for (const { replaces, ...pair } of all) {
    const segments = parsePath(pair.path);
    const leader = kind.follows?.[pair.path];
    if (isBookkeeping(kind, segments[0] ?? "")) noise.bookkeeping++;
    else if (leader !== undefined && step.differences[leader]) noise.consequences++;
    else if (kind.unordered?.includes(pair.path) && sameMembers(pair.before, pair.after)) noise.order++;
    else if (kind.misread?.(pair.path, pair.after, step.old?.outputs ?? {})) noise.bookkeeping++;
    else if (sameValue(pair.before, pair.after)) noise.bookkeeping++;
    else changes.push(propertyChange(pair, replaces, isSecretPath(kind, segments)));
  }
  if (step.operation === "update" || step.operation === "replace") {
    const told = new Set(all.map(({ path }) => parsePath(path)[0]));
    countFollowing(step, kind, told, noise);
    const changed = changes.filter(({ after }) => after.state === "secret").length;
    noise.secrets = Math.max(0, countSecrets(step.new?.inputs) - changed);
  }
  return { changes, noise };
}

/** A pair, and whether the resource is replaced because of it. */
type Found = Pair & { readonly replaces: boolean };

function created({ new: made }: ResourceStep): Found[] {
  const pairs = Object.entries(made?.inputs ?? {}).flatMap(([path, after]) =>
    leavesOf({ path, before: undefined, after }),
  );
  return pairs.map((pair) => ({ ...pair, replaces: false }));
}

/** The differences that the provider names, a list whose order means nothing as one. */
function differing(step: ResourceStep, kind: ResourceKind): Found[] {
  const found = new Map<string, Found>();
  for (const [path, { diffKind, inputDiff }] of Object.entries(step.differences)) {
    const list = kind.unordered?.find((unordered) => path === unordered || path.startsWith(`${unordered}[`));
    const replaces = diffKind.endsWith("-replace");
    for (const leaf of leavesOf(pairAt(step, list ?? path, inputDiff))) {
      found.set(leaf.path, { ...leaf, replaces: replaces || (found.get(leaf.path)?.replaces ?? false) });
    }
  }
  return [...found.values()];
}

/** What is declared, before and after; for a property that nobody declares, what the service says. */
function pairAt({ old, new: made }: ResourceStep, path: string, inputDiff: boolean): Pair {
  const segments = parsePath(path);
  const of = (values: unknown): unknown => valueAt(values, segments);
  const declared = { path, before: of(old?.inputs), after: of(made?.inputs) };
  if (inputDiff && (declared.before !== undefined || declared.after !== undefined)) return declared;
  return { path, before: of(old?.outputs), after: of(made?.inputs) ?? of(made?.outputs) };
}

/** Outputs that tell of somebody's doing; only a look at the service itself can find them changed. */
function watched({ old, new: made }: ResourceStep, kind: ResourceKind, operation: ReportOperation): Found[] {
  if (operation !== "drift" || !old || !made) return [];
  return (kind.watched ?? []).flatMap((path) => {
    const [before, after] = [old.outputs[path], made.outputs[path]];
    return after === undefined || sameValue(before, after) ? [] : [{ path, before, after, replaces: false }];
  });
}

function isBookkeeping(kind: ResourceKind, name: string): boolean {
  return BOOKKEEPING.test(name) || (kind.bookkeeping?.includes(name) ?? false);
}

function propertyChange({ path, before, after }: Pair, replaces: boolean, secret: boolean): PropertyChange {
  const shown = (value: unknown): Side => {
    const side = sideOf(value);
    return secret && side.state === "known" ? { state: "secret" } : side;
  };
  return { path: cleanText(path), before: shown(before), after: shown(after), replaces };
}

/** Counts the outputs that differ though nobody changes them. */
function countFollowing(
  { old, new: made }: ResourceStep,
  kind: ResourceKind,
  told: ReadonlySet<string | undefined>,
  noise: { bookkeeping: number; consequences: number },
): void {
  for (const [name, after] of Object.entries(made?.outputs ?? {})) {
    if (told.has(name) || countSecrets(after) > 0 || sameValue(old?.outputs[name], after)) continue;
    if (isBookkeeping(kind, name)) noise.bookkeeping++;
    else noise.consequences++;
  }
}
