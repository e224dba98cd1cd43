/**
 * Cron jobs: on their schedule, and by hand. At most one run of a job at a time: one by hand cancels the one that is under
 * way, a scheduled one waits for it ("Cron Jobs", single-run guarantee).
 */
import { realAlarm } from "../../core/alarm.ts";
import { liveDeployOf } from "../deploying/deploy-record.ts";
import type { CronRun, Service } from "../model.ts";
import type { Render } from "../render.ts";
import { endRun, newRun, runContainer } from "./run.ts";
import { nextTime } from "./schedule.ts";

/** The cron jobs of all services. */
export interface CronJobs {
  /** Takes note of a job's schedule; of a service of another type it does nothing. */
  plan(service: Service): void;
  /** Runs a job now, with what its last deploy has; undefined when it has none. */
  run(service: Service): Promise<CronRun | undefined>;
  /** Ends the run that is under way. */
  cancel(serviceId: string): Promise<void>;
  /** Ends the run, and starts no other. */
  halt(serviceId: string): Promise<void>;
  /** Takes up the schedules of a former sandbox; its runs ended with it. */
  resume(): void;
  close(): Promise<void>;
}

interface Active {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** No job is planned yet. */
export function cronJobs(render: Render): CronJobs {
  const alarm = render.extras.alarm ?? realAlarm;
  const takeBack = new Map<string, () => void>();
  const active = new Map<string, Active>();
  let isClosing = false;

  const begin = (service: Service, trigger: CronRun["trigger"]): CronRun | undefined => {
    const deploy = liveDeployOf(render, service.id);
    if (!deploy) return undefined;
    const run = newRun(render, deploy, trigger);
    const abort = new AbortController();
    const ended = runContainer(render, service, { run, deploy }, abort.signal)
      .catch((error: unknown) => render.log(`render: run ${run.id}: ${error instanceof Error ? error.message : error}`))
      .finally(() => active.delete(service.id));
    active.set(service.id, { abort, ended });
    return run;
  };

  const cancel = async (serviceId: string): Promise<void> => {
    const running = active.get(serviceId);
    running?.abort.abort();
    await running?.ended;
  };

  const forget = (serviceId: string): void => {
    takeBack.get(serviceId)?.();
    takeBack.delete(serviceId);
  };

  /** Its time has come: after the run that is under way. */
  const due = async (serviceId: string): Promise<void> => {
    await active.get(serviceId)?.ended;
    const service = render.services.get(serviceId);
    if (!service || service.suspended || isClosing) return;
    begin(service, "schedule");
    plan(service);
  };

  const plan = (service: Service): void => {
    const { schedule } = service.details;
    if (service.type !== "cron_job" || schedule === undefined || isClosing) return;
    forget(service.id);
    const next = service.suspended ? undefined : nextTime(schedule, new Date(render.now()));
    if (next)
      takeBack.set(
        service.id,
        alarm.at(next, () => void due(service.id)),
      );
  };

  return {
    plan,
    async run(service) {
      await cancel(service.id);
      return begin(service, "api");
    },
    cancel,
    async halt(serviceId) {
      forget(serviceId);
      await cancel(serviceId);
    },
    resume() {
      for (const run of render.cronRuns.list(({ status }) => status === "pending")) endRun(render, run, "canceled");
      for (const service of render.services.list()) plan(service);
    },
    async close() {
      isClosing = true;
      for (const serviceId of [...takeBack.keys()]) forget(serviceId);
      await Promise.all([...active.keys()].map(cancel));
    },
  };
}
