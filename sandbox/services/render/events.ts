/** What happened to a service. */
import type { Hono } from "hono";
import { cursorOf, existing, page, param, passes } from "./answers.ts";
import { newId } from "./ids.ts";
import type { Render } from "./render.ts";

type EventType =
  | "deploy_started"
  | "deploy_ended"
  | "cron_job_run_started"
  | "cron_job_run_ended"
  | "disk_created"
  | "disk_updated"
  | "disk_deleted"
  | "autoscaling_config_changed"
  | "pre_deploy_started"
  | "pre_deploy_ended"
  | "image_pull_failed"
  | "instance_count_changed"
  | "server_available"
  | "server_failed"
  | "service_suspended"
  | "service_resumed";

/** What became of an instance that did not come to serve. */
export interface InstanceFailureReason {
  readonly failure: {
    readonly evicted: false;
    readonly nonZeroExit?: number;
    readonly earlyExit?: boolean;
    readonly timedOutSeconds?: number;
    readonly unhealthy?: string;
  };
}

/** Why a deploy ended as it did, as an event tells it. */
export type EndReason = { readonly newDeploy: { readonly id: string } } | InstanceFailureReason | Record<string, never>;

/** Adds an event to a service's history. */
export function recordEvent(render: Render, serviceId: string, type: EventType, details: object): void {
  const event = { id: newId("evt"), serviceId, type, timestamp: render.now(), details };
  render.events.put(event.id, event);
}

/** Adds the route. The newest event comes first. */
export function eventRoutes(app: Hono, render: Render): void {
  app.get("/v1/services/:service/events", (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const start = Date.parse(c.req.query("startTime") ?? "") || 0;
    const end = Date.parse(c.req.query("endTime") ?? "") || Number.POSITIVE_INFINITY;
    const found = render.events
      .list(({ serviceId, type }) => serviceId === id && passes(c, "type", type))
      .filter(({ timestamp }) => Date.parse(timestamp) >= start && Date.parse(timestamp) <= end)
      .reverse();
    const items = page(c, found, (event) => event.id);
    return c.json(items.map((event) => ({ event, cursor: cursorOf(event.id) })));
  });
}
