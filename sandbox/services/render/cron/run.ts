/** One run of a cron job: its record, its container, its output. */
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningContainer } from "../../core/service.ts";
import { containerRequest } from "../deploying/container-request.ts";
import { recordEvent } from "../events.ts";
import { newId } from "../ids.ts";
import type { CronRun, Deploy, Service } from "../model.ts";
import type { Render } from "../render.ts";

/** "Maximum run length" ("Cron Jobs"). */
const LONGEST_MS = 12 * 3_600_000;
const FIRST_INTERVAL_MS = 20;
const LONGEST_INTERVAL_MS = 500;
const TAIL = 1_000;

/** Stores a run that begins now. */
export function newRun(render: Render, deploy: Deploy, trigger: CronRun["trigger"]): CronRun {
  const { serviceId, image } = deploy;
  const id = `${serviceId}-${render.store.next(`runs of ${serviceId}`)}`;
  recordEvent(render, serviceId, "cron_job_run_started", { cronJobRunId: id });
  return render.cronRuns.put(id, { id, serviceId, image, status: "pending", trigger, startedAt: render.now() });
}

/** Ends a run, and tells the job's history how. */
export function endRun(render: Render, run: CronRun, status: CronRun["status"], nonZeroExit?: number): void {
  const finishedAt = render.now();
  render.cronRuns.put(run.id, { ...run, status, finishedAt });
  recordEvent(render, run.serviceId, "cron_job_run_ended", {
    ...{ cronJobRunId: run.id, status },
    ...(nonZeroExit !== undefined && { reason: { evicted: false, nonZeroExit } }),
  });
  const service = render.services.get(run.serviceId);
  if (status !== "successful" || !service) return;
  render.services.put(service.id, { ...service, details: { ...service.details, lastSuccessfulRunAt: finishedAt } });
}

/** Runs the container to its end, in place of which it is stopped when the run is canceled. */
export async function runContainer(
  render: Render,
  service: Service,
  { run, deploy }: { readonly run: CronRun; readonly deploy: Deploy },
  signal: AbortSignal,
): Promise<void> {
  let container: RunningContainer | undefined;
  try {
    container = await render.extras.runner.start({ ...containerRequest(render, service, deploy), isJob: true });
    await untilEnded(container, signal);
    const code = (await container.exitCode?.()) ?? 0;
    addOutput(render, run, await container.logs(TAIL));
    endRun(render, run, code === 0 ? "successful" : "unsuccessful", code === 0 ? undefined : code);
  } catch (error) {
    if (container) addOutput(render, run, await container.logs(TAIL).catch(() => []));
    if (!signal.aborted) addOutput(render, run, [`==> ${error instanceof Error ? error.message : error}`]);
    endRun(render, run, signal.aborted ? "canceled" : "unsuccessful");
  } finally {
    await container?.stop();
  }
}

async function untilEnded(container: RunningContainer, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  for (
    let interval = FIRST_INTERVAL_MS;
    await container.running();
    interval = Math.min(interval * 2, LONGEST_INTERVAL_MS)
  ) {
    if (performance.now() > deadline) throw new Error("The run did not end within 12 hours");
    await sleep(interval, undefined, { signal });
  }
}

function addOutput(render: Render, { id: deployId, serviceId }: CronRun, messages: readonly string[]): void {
  for (const message of messages) {
    const line = { id: newId("log"), deployId, serviceId, timestamp: render.now(), type: "app" as const, message };
    render.logLines.put(line.id, line);
  }
}
