/** The events of a run that refreshes, brought together by resource. */
import type { Difference, EngineEvent, Operation, ResourceState, Step } from "../engine-events/index.ts";

/** One resource: as the state remembers it, as the service has it, and what `up` would do. */
export interface Reading {
  readonly urn: string;
  readonly type: string;
  /** As the last `up` or refresh left it. */
  readonly remembered: ResourceState;
  /** As the service has it; undefined when it is gone. */
  readonly found: ResourceState | undefined;
  /** Where the provider sees the inputs of the two differ, by path. A secret that differs shows only here. */
  readonly differing: Readonly<Record<string, Difference>>;
  /** What the program wants next. Empty when it was not run, or no longer has the resource. */
  readonly steps: readonly Step[];
}

/** What a run told. */
export interface Readings {
  readonly read: readonly Reading[];
  /** Steps on what was not read: resources that are new in the program, or on a service that was left out. */
  readonly other: readonly Step[];
}

/** Replacements tell the difference in the step that makes the new resource, and again in the one for the pair. */
const WITH_DIFFERENCE: readonly Operation[] = ["update", "replace", "create-replacement"];

/**
 * Reads the events of `preview --refresh` or `refresh --preview-only`. Components and providers are nothing at a
 * service and are left out. The engine tells what it found in the first end of a step that began as a refresh; its
 * operation then depends on the command.
 */
export function readingsOf(events: readonly EngineEvent[]): Readings {
  const refreshing = new Set<string>();
  const ends = new Map<string, Step>();
  const planned = new Map<string, Step[]>();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    const step = (resourcePreEvent ?? resOutputsEvent)?.metadata;
    if (!step || !isAtService(step)) continue;
    if (resourcePreEvent && step.op === "refresh") refreshing.add(step.urn);
    else if (resourcePreEvent) planned.set(step.urn, [...(planned.get(step.urn) ?? []), step]);
    else if (refreshing.has(step.urn) && !ends.has(step.urn)) ends.set(step.urn, step);
  }
  const read = [...ends.values()].flatMap((step) => readingOf(step, planned.get(step.urn) ?? []) ?? []);
  return { read, other: [...planned].flatMap(([urn, steps]) => (ends.has(urn) ? [] : steps)) };
}

/** Where the program differs from what was found, by path. */
export function wantedDifferences({ steps }: Reading): Readonly<Record<string, Difference>> {
  const telling = steps.filter(({ op }) => WITH_DIFFERENCE.includes(op));
  return Object.assign({}, ...telling.map(differencesOf));
}

/** A provider that gives no detail names the properties that differ. */
export function differencesOf({ detailedDiff, diffs }: Step): Record<string, Difference> {
  const named = (diffs ?? []).map((name) => [name, { diffKind: "update", inputDiff: true }]);
  return detailedDiff ?? Object.fromEntries(named);
}

function readingOf(step: Step, steps: readonly Step[]): Reading | undefined {
  if (!step.old) return undefined;
  return {
    urn: step.urn,
    type: step.type,
    remembered: step.old,
    found: step.new ?? undefined,
    differing: step.new ? differencesOf(step) : {},
    steps,
  };
}

function isAtService({ type, old, new: next }: Step): boolean {
  return Boolean(old?.custom ?? next?.custom) && !type.startsWith("pulumi:");
}
