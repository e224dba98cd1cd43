/** What can be done to a database as a whole: sleep, restart, failover, recovery ("Render Public API", Postgres). */
import type { Hono } from "hono";
import { existing, param, readBody, refuse } from "../answers.ts";
import { suffix } from "../ids.ts";
import type { Render } from "../render.ts";
import type { PostgresLifecycle } from "./lifecycle.ts";
import type { Postgres } from "./model.ts";
import { madeFrom, recoveryRequest } from "./requests.ts";
import { describePostgres } from "./view.ts";

/** Adds the routes. */
export function postgresActionRoutes(app: Hono, render: Render, lifecycle: PostgresLifecycle): void {
  const one = (c: Parameters<typeof param>[0]): Postgres => existing(render.postgres, param(c, "postgres"));

  app.post("/v1/postgres/:postgres/suspend", (c) => {
    const postgres = one(c);
    if (!postgres.suspended) lifecycle.suspend(postgres);
    return c.body(null, 202);
  });

  app.post("/v1/postgres/:postgres/resume", (c) => {
    const postgres = one(c);
    if (!postgres.suspended) refuse(400, "only databases suspended by a user can be resumed");
    lifecycle.resume(postgres);
    return c.body(null, 202);
  });

  app.post("/v1/postgres/:postgres/restart", (c) => {
    running(one(c));
    return c.body(null, 202);
  });

  app.post("/v1/postgres/:postgres/failover", (c) => {
    const { highAvailabilityEnabled } = running(one(c));
    if (!highAvailabilityEnabled) refuse(400, "high availability is not enabled");
    return c.body(null, 202);
  });

  app.get("/v1/postgres/:postgres/recovery", (c) => c.json(recoveryOf(one(c))));

  app.post("/v1/postgres/:postgres/recovery", async (c) => {
    const { restoreTime, restoreName, ...wanted } = await readBody(c, recoveryRequest);
    const source = one(c);
    const { recoveryStatus, startsAt } = recoveryOf(source);
    if (recoveryStatus !== "AVAILABLE") refuse(400, `recovery is ${recoveryStatus}`);
    const time = Date.parse(restoreTime);
    if (time < Date.parse(startsAt ?? "") || time > Date.parse(render.now())) {
      refuse(400, `invalid restoreTime: ${restoreTime}`);
    }
    const { environmentId, ...settings } = source;
    const copy = madeFrom(render, {
      ...settings,
      name: restoreName ?? `${source.name}-${suffix()}`,
      ...(environmentId !== undefined && { environmentId }),
      plan: wanted.plan ?? (source.plan as "custom"),
      ...(wanted.environmentId !== undefined && { environmentId: wanted.environmentId }),
      region: source.region as "oregon",
      version: source.version as "17",
      ipAllowList: [...source.ipAllowList],
      readReplicas: [],
      enableHighAvailability: source.highAvailabilityEnabled,
      databaseUser: "",
    });
    render.log(`render: ${copy.name} has the rows that ${source.name} has now; the sandbox keeps no earlier ones`);
    return c.json(describePostgres(render, lifecycle.copy(source, copy)));
  });
}

/** A database that can be worked with. Refuses with 400 one that sleeps. */
export function running(postgres: Postgres): Postgres {
  if (postgres.suspended) refuse(400, "database is suspended");
  return postgres;
}

/** Paid databases can be recovered to any time since they were made ("Render Postgres Recovery and Backups"). */
function recoveryOf({ plan, status, createdAt }: Postgres): { recoveryStatus: string; startsAt?: string } {
  if (plan === "free") return { recoveryStatus: "NOT_AVAILABLE" };
  return status === "available"
    ? { recoveryStatus: "AVAILABLE", startsAt: createdAt }
    : { recoveryStatus: "BACKUP_NOT_READY" };
}
