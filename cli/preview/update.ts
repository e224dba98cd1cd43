/** The engine's update as a report: exactly what was reviewed, once, and nothing over an interrupted operation. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EngineEvent, runWithEvents } from "../engine-events/index.ts";
import { Interruption } from "../interruption.ts";
import type { Progress } from "../progress.ts";
import { errorsOf, type WatchablePulumi } from "../pulumi.ts";
import { failedSince } from "../recover/failed-since.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { type Report, reportOf } from "../report/index.ts";
import { cleanText } from "../report/values/clean.ts";
import { keepCopy } from "../state/copy.ts";
import { exportIfReadable } from "../state/export.ts";
import { UserError } from "../user-error.ts";
import { LockedError, lockedBy, lockHolder, waitingForLock } from "./lock.ts";
import { deviations, isRefreshed, type Plan, readPlan } from "./plan.ts";
import { planViolations, rewordedViolations } from "./plan-violations.ts";
import { type Previewed, previewed, scopeFlags } from "./preview.ts";
import { isRecorded } from "./recorded.ts";

const AFTER_INTERRUPTION =
  "What was done until then is in the state: `npx --no delivery up` does the rest. If it refuses, `npx --no delivery recover` " +
  "finds out what the interrupted step has done.";

/** What is updated, and how. */
export interface UpdateRequest {
  readonly pulumi: WatchablePulumi;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly stack: string;
  readonly policy: readonly string[];
  /** What was reviewed; without it, what the preview shows is applied. */
  readonly planFile?: string | undefined;
  /** Whether the services are read first, and what was edited there is put back. */
  readonly refresh?: boolean;
  /** URNs, possibly with wildcards, of what alone is updated; all when left out. */
  readonly targets?: readonly string[];
  /** Where copies of the state are kept: the program's folder when left out. */
  readonly folder?: string;
  /** Stands beside the update in the stack's history. */
  readonly message?: string;
  /** Shown what would be done, says whether to do it. Left out: yes. */
  readonly agree?: ((preview: Report) => Promise<boolean>) | undefined;
  /** How long to wait for the stack's lock. */
  readonly waitMinutes: number;
  /** The output of `pulumi stack export`, where it was read just now; for the first attempt. */
  readonly exported?: string | undefined;
}

/**
 * Updates the stack. What stops the update, or fails in it, is a report, too.
 * @returns undefined when it was not agreed to.
 * @throws UserError when the plan cannot be read; as `runWithEvents`.
 */
export async function updateStack(request: UpdateRequest): Promise<Report | undefined> {
  const { progress, signal, stack, waitMinutes, planFile } = request;
  const reviewed = planFile === undefined ? undefined : await readPlan(planFile);
  const refresh = request.refresh === true || (reviewed !== undefined && isRefreshed(reviewed));
  const folder = await mkdtemp(join(tmpdir(), "delivery-plan-"));
  try {
    const patience = { minutes: waitMinutes, progress, signal };
    let { exported } = request;
    const once = (): Promise<Report | undefined> => {
      const fresh = exported;
      exported = undefined;
      return attempt({ ...request, refresh, exported: fresh }, reviewed, join(folder, "plan.json"));
    };
    return await waitingForLock(once, patience);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return reportOf([], { operation: "up", stack, failure: error.message });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * One attempt, with a file for the plan of what would be done now. There is a preview in any case: policies about the
 * whole stack are heard of at the end of a run, and shall stop this one before it changes anything.
 */
async function attempt(
  request: UpdateRequest,
  reviewed: Plan | undefined,
  fileForNow: string,
): Promise<Report | undefined> {
  const { planFile, agree, message } = request;
  const state = await refuseInterrupted(request);
  const told = await previewed({ ...request, exported: state, planFile: fileForNow });
  const { report: preview, refreshed } = told;
  if (preview.outcome === "failed") return { ...preview, operation: "up" };
  if (reviewed !== undefined) refuseUnreviewed(reviewed, await readPlan(fileForNow));
  if (agree !== undefined && !(await agree(preview))) return undefined;
  if (message === undefined && (await isDone(request, told, state))) return { ...preview, operation: "up" };
  // The day's last good state, for a backend that loses it: `delivery recover` names it then.
  if (state !== undefined && preview.outcome !== "no changes") await keepCopy(state, request.stack, request.folder);
  return apply({ ...request, refresh: refreshed }, planFile ?? fileForNow, changesIn(preview));
}

/**
 * Refuses while an operation is pending, and gives the state otherwise. It may be one of a run that is at work just now,
 * so this counts as a lock for whoever waits.
 */
async function refuseInterrupted({ pulumi, waitMinutes, exported }: UpdateRequest): Promise<string | undefined> {
  const state = exported ?? (await exportIfReadable(pulumi));
  if (state === undefined) return undefined;
  try {
    refusePendingOperations(state, "npx --no delivery recover");
  } catch (error) {
    if (!(error instanceof UserError) || waitMinutes === 0) throw error;
    throw new LockedError(error.message.slice(0, -error.nextStep.length).trimEnd(), error.nextStep);
  }
  return state;
}

/**
 * Whether an update would leave everything as it is: services, state, and history. After a failed one the next is to be
 * in the history, which tells `delivery recover` since when objects may be there that the state does not hold.
 */
async function isDone(
  { pulumi }: UpdateRequest,
  { report, refreshed, plan, events }: Previewed,
  exported: string | undefined,
): Promise<boolean> {
  // What was read of the services is itself written.
  if (report.outcome !== "no changes" || refreshed || plan === undefined || exported === undefined) return false;
  return isRecorded({ plan, events, exported }) && (await failedSince(pulumi)) === undefined;
}

function refuseUnreviewed(reviewed: Plan, now: Plan): void {
  const other = deviations(reviewed, now);
  if (other.length > 0) throw notReviewed(other, "Nothing of it was applied.");
}

function notReviewed(resources: readonly string[], applied: string): UserError {
  return new UserError(
    `What would be done is not what was reviewed: ${resources.join(", ")}. ${applied}`,
    "The program, its configuration or the stack has moved on since the plan was made: make a new one with " +
      "`npx --no delivery preview --save-plan <file>`, and review that.",
  );
}

/** How many objects are to change. */
function changesIn({ counts }: Report): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function apply(request: UpdateRequest, planFile: string, planned: number): Promise<Report> {
  const { pulumi, progress, stack, policy, message } = request;
  const told = message === undefined ? [] : ["--message", message];
  const args = ["up", "--yes", "--skip-preview", ...policy, ...scopeFlags(request), ...told, "--plan", planFile];
  const { result, events } = await progress
    .step(`Updating ${stack}`, (detail) => runWithEvents(pulumi, args, (line) => detail(cleanText(line).trim())))
    .catch((error: unknown) => {
      if (error instanceof Interruption) error.nextStep = AFTER_INTERRUPTION;
      throw error;
    });
  const holder = lockHolder(result);
  if (holder !== undefined) throw lockedBy(stack, holder);
  const about = { operation: "up", stack, planned } as const;
  if (result.code === 0) return reportOf(events, about);
  return reportOf(readableRefusal(events), { ...about, failure: errorsOf(result) });
}

/** The engine's refusal to do what was not planned, in the words of the one before the update. */
function readableRefusal(events: readonly EngineEvent[]): readonly EngineEvent[] {
  const violations = planViolations(events);
  if (violations.length === 0) return events;
  const { message } = notReviewed(violations, "What was applied before the engine came to it is reported as done.");
  return rewordedViolations(events, message);
}
