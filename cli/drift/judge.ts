/** Tells an edit by hand from what a provider or service fills in by itself. */
import { kindOf } from "../report/catalogue/index.ts";
import { parsePath, valueAt } from "../report/values/path.ts";
import { changesBetween, overlapsAny, type ValueChange } from "./differences.ts";
import { isBookkeeping, type Notice, noticesOf } from "./known-outputs.ts";
import { type Reading, wantedDifferences } from "./readings.ts";

/** A value that was changed at the service and stays as it is. */
export interface Untouched extends Notice {
  readonly before: unknown;
  readonly after: unknown;
}

/** What a reading says. */
export interface Judgement {
  readonly reading: Reading;
  /** `deleted`: gone at the service. `changed`: edited there, and `up` puts it back. */
  readonly outside: "deleted" | "changed" | undefined;
  /** Paths that were edited at the service and that `up` would put back. */
  readonly edited: readonly string[];
  readonly untouched: readonly Untouched[];
  /** Whether `up` would change it for another reason: the program is newer than the state, or something else changes. */
  readonly isPending: boolean;
  /** Outputs that the service keeps for itself. */
  readonly bookkeeping: number;
  /** Values that the state did not have and that the provider now reads. */
  readonly defaults: number;
}

/**
 * Judges one resource. Two comparisons decide: what was found with what the state remembers (what changed at the
 * service), and what was found with the program (what `up` would do). Only what shows in both is an edit by hand; what
 * shows in the first alone is a default of the provider's, bookkeeping, or not this program's.
 * @param programRan false when only the first comparison could be made; the provider's own judgement of the inputs
 * then stands for the second.
 */
export function judge(reading: Reading, programRan: boolean): Judgement {
  const { found, remembered, steps } = reading;
  const isWanted = !programRan || steps.length > 0;
  const nothing = { reading, edited: [], untouched: [], bookkeeping: 0, defaults: 0 };
  if (!found) return { ...nothing, outside: isWanted ? "deleted" : undefined, isPending: !isWanted };

  const isUnfinished = (remembered.initErrors ?? []).length > 0;
  const changes = isUnfinished ? changesSinceSuccess(reading) : changesOf(reading);
  const changed = [...(isUnfinished ? [] : Object.keys(reading.differing)), ...changes.map(({ path }) => path)];
  const { misread = () => false } = kindOf(reading.type);
  const isMisread = (path: string): boolean => misread(path, remembered.outputs[path], found.outputs);
  const differences = Object.keys(programRan ? wantedDifferences(reading) : reading.differing);
  const wanted = differences.filter((path) => !isMisread(path));
  const edited = wanted.filter((path) => overlapsAny(path, changed));
  const notices = noticesOf(reading.type, remembered, found);
  const rest = changes.filter(
    ({ path }) => !overlapsAny(path, edited) && !isMisread(path) && !notices.some((notice) => notice.path === path),
  );
  const kept = rest.filter(({ path }) => !isBookkeeping(reading.type, path));
  const untouched = kept.filter(({ before }) => before !== undefined && before !== null);
  return {
    reading,
    outside: edited.length > 0 ? "changed" : undefined,
    edited,
    untouched: [
      ...notices.map((notice) => ({ ...notice, ...sidesOf(reading, notice.path) })),
      ...untouched.map((change) => ({ ...change, reason: reasonOf(change, reading), isDrift: false })),
    ],
    isPending: wanted.length > edited.length || isUnfinished || (edited.length === 0 && steps.some(isMoreThanUpdate)),
    bookkeeping: rest.length - kept.length,
    defaults: kept.length - untouched.length,
  };
}

/** An update without a difference mends what a notice tells. */
function isMoreThanUpdate({ op }: Reading["steps"][number]): boolean {
  return op !== "same" && op !== "update";
}

/** What changed at the service: in the outputs, which echo the inputs, and in inputs that no output echoes. */
function changesOf(reading: Reading): ValueChange[] {
  const { remembered, found, type } = reading;
  const outputs = changesBetween(remembered.outputs, found?.outputs, kindOf(type).unordered);
  const paths = outputs.map(({ path }) => path);
  return [...outputs, ...changesSinceSuccess(reading).filter(({ path }) => !overlapsAny(path, paths))];
}

/**
 * The same in the inputs alone. After a failed update these are still the ones of the last that went well; the outputs
 * hold what was wanted, and nobody else has undone what was never done.
 */
function changesSinceSuccess({ remembered, found, type }: Reading): ValueChange[] {
  return changesBetween(remembered.inputs, found?.inputs, kindOf(type).unordered);
}

function sidesOf({ remembered, found }: Reading, path: string): { before: unknown; after: unknown } {
  return { before: remembered.outputs[path], after: found?.outputs[path] };
}

function reasonOf({ path }: ValueChange, { remembered }: Reading): string {
  const isDeclared = valueAt(remembered.inputs, parsePath(path)) !== undefined;
  return isDeclared
    ? "The program leaves this to others, or declares the same by now."
    : "The program does not declare it.";
}
