/** The engine's preview as a report. */
import { runWithEvents } from "../engine-events/index.ts";
import type { Progress } from "../progress.ts";
import { errorsOf, type WatchablePulumi } from "../pulumi.ts";
import { type Report, reportOf } from "../report/index.ts";
import { finishPlan } from "./plan.ts";
import { withTwoUpdatesTold } from "./two-updates.ts";

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
}

/**
 * Previews. A preview that fails, or that a mandatory policy stops, is a report, too: the people who wait for it are told.
 * @throws as `runWithEvents`.
 */
export async function previewStack(request: PreviewRequest): Promise<Report> {
  const { pulumi, progress, stack, sealed = false, policy, refresh = false, planFile } = request;
  const args = [
    "preview",
    ...policy,
    ...scopeFlags(request),
    ...(planFile === undefined ? [] : ["--save-plan", planFile]),
  ];
  const { result, events } = await progress.step(`Previewing ${stack}${sealed ? " from its snapshot" : ""}`, () =>
    runWithEvents(pulumi, args),
  );
  if (result.code === 0 && planFile !== undefined) await finishPlan(planFile, refresh);
  const failure = result.code === 0 ? {} : { failure: errorsOf(result) };
  return withTwoUpdatesTold(reportOf(events, { operation: "preview", stack, sealed, ...failure }));
}

/** The engine's flags for what a run is about; the same for a preview and for the update that follows it. */
export function scopeFlags({ refresh, targets = [] }: Pick<PreviewRequest, "refresh" | "targets">): readonly string[] {
  return [
    // Without the program the providers would be configured as they were last time.
    ...(refresh ? ["--refresh", "--run-program"] : []),
    ...targets.flatMap((urn) => ["--target", urn]),
  ];
}
