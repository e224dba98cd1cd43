/** The engine's preview as a report. */
import { readFile } from "node:fs/promises";
import { type EngineEvent, type RunWithEvents, runWithEvents } from "../engine-events/index.ts";
import type { Progress } from "../progress.ts";
import { errorsOf, type WatchablePulumi } from "../pulumi.ts";
import { type Report, reportOf } from "../report/index.ts";
import { resourcesOfExport } from "../state/resources.ts";
import { noteRefreshed } from "./plan.ts";
import { preparePlanFile } from "./plan-file.ts";
import { promiseNoOutputs } from "./plan-outputs.ts";
import { refusedTogether } from "./two-updates.ts";

const AFTER_FAILURE = "after a look at the services: its last update failed";

/** What is previewed, and how. */
export interface PreviewRequest {
  readonly pulumi: WatchablePulumi;
  readonly progress: Progress;
  readonly stack: string;
  readonly sealed?: boolean;
  /** Options of the engine that name policy packs. */
  readonly policy: readonly string[];
  /** Whether the services are read first. */
  readonly refresh?: boolean;
  /** URNs, possibly with wildcards, of what alone is looked at; all when left out. */
  readonly targets?: readonly string[] | undefined;
  /** Where the plan is written, for an update that does nothing else. */
  readonly planFile?: string | undefined;
  /** The output of `pulumi stack export`, where it was read just now. */
  readonly exported?: string | undefined;
}

/** A preview, and how it was made. */
export interface Previewed {
  readonly report: Report;
  /** Whether the services were read first; an update by its plan has to do the same. */
  readonly refreshed: boolean;
  readonly events: readonly EngineEvent[];
  /** The plan as the engine has written it; undefined when none was asked for, or the preview failed. */
  readonly plan?: string;
}

/**
 * Previews. A preview that fails, or that a mandatory policy stops, is a report, too: the people who wait for it are told.
 * @throws as `runWithEvents`.
 */
export async function previewStack(request: PreviewRequest): Promise<Report> {
  return (await previewed(request)).report;
}

/** The same, with how it was made. Throws UserError when the plan cannot be written. */
export async function previewed(request: PreviewRequest): Promise<Previewed> {
  const plan = request.planFile === undefined ? undefined : await preparePlanFile(request.planFile);
  try {
    return await makePreview(request);
  } finally {
    await plan?.discardEmpty();
  }
}

async function makePreview(request: PreviewRequest): Promise<Previewed> {
  const { progress, stack, sealed = false, planFile, exported } = request;
  // What a failed update wanted stands in the state, as if it were there.
  let refreshed = request.refresh === true || (exported !== undefined && !sealed && hasFailed(exported));
  const what = `${stack}${sealed ? " from its snapshot" : ""}`;
  const after = refreshed && request.refresh !== true ? `, ${AFTER_FAILURE}` : "";
  let run = await progress.step(`Previewing ${what}${after}`, () => runPreview(request, refreshed));
  if (!refreshed && !sealed && run.events.some(isAboutFailed)) {
    refreshed = true;
    run = await progress.step(`Previewing ${what} again, ${AFTER_FAILURE}`, () => runPreview(request, refreshed));
  }
  const { result, events } = run;
  let plan: string | undefined;
  if (planFile !== undefined && result.code === 0) {
    plan = await readFile(planFile, "utf8").catch(() => undefined);
    await promiseNoOutputs(planFile);
    await noteRefreshed(planFile, refreshed);
  }
  const refusal = result.code === 0 ? refusedTogether(events) : errorsOf(result);
  const failure = refusal === undefined ? {} : { failure: refusal };
  const report = reportOf(events, { operation: "preview", stack, sealed, ...failure });
  return { refreshed, report, events, ...(plan !== undefined && { plan }) };
}

function runPreview({ pulumi, policy, planFile, targets }: PreviewRequest, refresh: boolean): Promise<RunWithEvents> {
  const args = [
    "preview",
    ...policy,
    ...scopeFlags({ refresh, ...(targets && { targets }) }),
    ...(planFile === undefined ? [] : ["--save-plan", planFile]),
  ];
  return runWithEvents(pulumi, args);
}

/** Whether the last operation on a resource of the state has left it otherwise than it was to be. */
function hasFailed(exported: string): boolean {
  return resourcesOfExport(exported).some(({ initErrors }) => (initErrors ?? []).length > 0);
}

function isAboutFailed({ resourcePreEvent }: EngineEvent): boolean {
  return (resourcePreEvent?.metadata.old?.initErrors ?? []).length > 0;
}

/** The engine's flags for what a run is about; the same for a preview and for the update that follows it. */
export function scopeFlags({ refresh, targets = [] }: Pick<PreviewRequest, "refresh" | "targets">): readonly string[] {
  return [
    // Without the program the providers would be configured as they were last time.
    ...(refresh ? ["--refresh", "--run-program"] : []),
    ...targets.flatMap((urn) => ["--target", urn]),
  ];
}
