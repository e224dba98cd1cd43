/** Runs of cron jobs, started and ended by hand ("Render Public API", Cron Jobs). */
import type { Context, Hono } from "hono";
import { existing, param, refuse } from "../answers.ts";
import type { CronRun, Service } from "../model.ts";
import type { Render } from "../render.ts";
import type { CronJobs } from "./jobs.ts";

/** Adds the routes. Runs are told as events of the service; no route lists them. */
export function cronJobRoutes(app: Hono, render: Render, crons: CronJobs): void {
  const jobOf = (c: Context): Service => {
    const service = existing(render.services, param(c, "cron"));
    return service.type === "cron_job" ? service : refuse(404, `not found: ${service.id}`);
  };

  app.post("/v1/cron-jobs/:cron/runs", async (c) => {
    const service = jobOf(c);
    if (service.suspended) refuse(400, "cannot run suspended service");
    const run = await crons.run(service);
    return run ? c.json(describe(render, run)) : refuse(400, "the cron job was not deployed yet");
  });

  app.delete("/v1/cron-jobs/:cron/runs", async (c) => {
    await crons.cancel(jobOf(c).id);
    return c.body(null, 204);
  });
}

function describe(render: Render, { id, status, trigger, startedAt, finishedAt }: CronRun): object {
  return {
    ...{ id, status, startedAt },
    ...(finishedAt !== undefined && { finishedAt }),
    ...(trigger === "api" && { triggeredBy: render.owner.email }),
  };
}
