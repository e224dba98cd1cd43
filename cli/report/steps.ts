/** The events of a run, brought together by resource. */
import type { Difference, EngineEvent, Operation, ResourceState, Step } from "../engine-events/index.ts";
import type { ChangeOperation, Progression, ReportOperation } from "./report.ts";

/** Type of the stack itself, whose outputs are the contract's. */
export const STACK = "pulumi:pulumi:Stack";

/** What a run does with one resource. */
export interface ResourceStep {
  readonly urn: string;
  readonly type: string;
  /** `same`: nothing. */
  readonly operation: ChangeOperation | "same";
  readonly progression: Progression;
  readonly old: ResourceState | undefined;
  readonly new: ResourceState | undefined;
  /** By property path. */
  readonly differences: Readonly<Record<string, Difference>>;
}

/** What remains of the engine's finer operations. Reads and discards change nothing. */
const CHANGES: Readonly<Partial<Record<Operation, ChangeOperation>>> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  import: "import",
  "import-replacement": "replace",
};

/** Of the steps of a replacement, the ones that know both sides. */
const BOTH_SIDES: readonly Operation[] = ["replace", "create-replacement", "import-replacement"];

/** What has been seen of one resource. */
interface Seen {
  readonly steps: Step[];
  readonly begun: Set<Operation>;
  readonly ended: Set<Operation>;
  failed: boolean;
}

/** Every resource that the run came to, in the order of the engine. */
export function resourceSteps(events: readonly EngineEvent[], operation: ReportOperation): ResourceStep[] {
  const resources = new Map<string, Seen>();
  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } of events) {
    const step = (resourcePreEvent ?? resOutputsEvent ?? resOpFailedEvent)?.metadata;
    // While it refreshes, the engine says only afterwards what it found; before a preview that is not the plan.
    if (!step || (step.op === "refresh" && (operation !== "drift" || resourcePreEvent))) continue;
    const seen = resources.get(step.urn) ?? { steps: [], begun: new Set(), ended: new Set(), failed: false };
    resources.set(step.urn, seen);
    seen.steps.push(step);
    if (resourcePreEvent) seen.begun.add(step.op);
    else seen.ended.add(step.op);
    if (resOpFailedEvent) seen.failed = true;
  }
  return [...resources.values()].map((seen) => broughtTogether(seen, operation));
}

function broughtTogether(seen: Seen, operation: ReportOperation): ResourceStep {
  const { steps } = seen;
  const last =
    steps.findLast(({ op }) => BOTH_SIDES.includes(op)) ?? steps.findLast(({ op }) => CHANGES[op]) ?? steps.at(-1);
  if (!last) throw new Error("A resource without a step.");
  const old = last.old ?? undefined;
  const change = changeOf(last, operation);
  return {
    urn: last.urn,
    type: last.type,
    operation: change === "delete" && old?.retainOnDelete && operation !== "drift" ? "forget" : change,
    progression: progressionOf(seen, operation),
    old,
    new: last.new ?? undefined,
    differences: last.detailedDiff ?? withoutDetail(last),
  };
}

function changeOf({ op, detailedDiff }: Step, operation: ReportOperation): ResourceStep["operation"] {
  const found = operation === "drift" && op === "refresh" && Object.keys(detailedDiff ?? {}).length > 0;
  return found ? "update" : (CHANGES[op] ?? "same");
}

function progressionOf({ begun, ended, failed }: Seen, operation: ReportOperation): Progression {
  if (operation === "preview") return "planned";
  if (operation === "drift") return "done";
  if (failed) return "failed";
  return [...begun].every((op) => ended.has(op)) ? "done" : "begun";
}

/** A provider that gives no detail names the properties that differ. */
function withoutDetail({ diffs, keys }: Step): Record<string, Difference> {
  const replacing = new Set(keys);
  const names = (diffs ?? []).map((name): [string, Difference] => [
    name,
    { diffKind: replacing.has(name) ? "update-replace" : "update", inputDiff: true },
  ]);
  return Object.fromEntries(names);
}
