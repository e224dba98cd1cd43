/** What was done at the services, as the events of a run that did it. */
import type { Difference, EngineEvent, ResourceState, Step } from "../engine-events/index.ts";
import { overlapsAny } from "./differences.ts";
import type { Judgement } from "./judge.ts";
import { wantedDifferences } from "./readings.ts";

/** One step for each resource: an update with what was edited, a deletion, or nothing. */
export function outsideEvents(judgements: readonly Judgement[]): EngineEvent[] {
  return judgements.map((judgement) => ({
    sequence: 0,
    timestamp: 0,
    resOutputsEvent: { metadata: outsideStep(judgement) },
  }));
}

function outsideStep({ reading, outside, edited }: Judgement): Step {
  const { urn, type, remembered, found, steps, differing } = reading;
  if (outside === "deleted") return { urn, type, op: "delete", old: remembered, new: null };
  const now = found ?? remembered;
  if (outside === undefined) return { urn, type, op: "same", old: now, new: now };
  // Without a run of the program, what it declared last stands for what it declares.
  const declared = steps.findLast((step) => step.new)?.new ?? remembered;
  const undone = Object.entries(wantedDifferences(reading)).filter(([path]) => overlapsAny(path, edited));
  const differences = steps.length === 0 ? Object.entries(differing) : undone.map(reversed);
  return {
    urn,
    type,
    op: "update",
    old: { ...now, inputs: declared.inputs, outputs: outputsBefore(remembered, now, edited) },
    new: now,
    detailedDiff: Object.fromEntries(differences),
  };
}

/** The outputs as they were where somebody edited: the others have changed by themselves. */
function outputsBefore(remembered: ResourceState, now: ResourceState, edited: readonly string[]): typeof now.outputs {
  const entries = Object.entries(remembered.outputs).filter(([name]) => overlapsAny(name, edited));
  return { ...now.outputs, ...Object.fromEntries(entries) };
}

/** What `up` would add was deleted outside. No edit replaces what is there. */
function reversed([path, { diffKind, ...rest }]: [string, Difference]): [string, Difference] {
  const [kind] = diffKind.split("-") as ["add" | "delete" | "update"];
  return [path, { ...rest, diffKind: ({ add: "delete", delete: "add", update: "update" } as const)[kind] }];
}
