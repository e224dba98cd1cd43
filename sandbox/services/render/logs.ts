/** Logs of services: Render's own lines and the containers' output. */
import type { Hono } from "hono";
import { passes, refuse } from "./answers.ts";
import type { Deployer } from "./deploying/deployer.ts";
import type { LogLine } from "./model.ts";
import { requireOwner } from "./owners.ts";
import type { Render } from "./render.ts";

const HOUR_MS = 3_600_000;
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** Adds the route. */
export function logRoutes(app: Hono, render: Render, deployer: Deployer): void {
  app.get("/v1/logs", async (c) => {
    requireOwner(render, c.req.query("ownerId") ?? "");
    if (c.req.query("resource") === undefined) refuse(400, "missing resource");
    const services = render.services.list(({ id }) => passes(c, "resource", id));
    await Promise.all(services.map(({ id }) => deployer.instanceOf(id)?.output.read()));

    const now = Date.parse(render.now());
    const start = timeOf(c.req.query("startTime"), now - HOUR_MS);
    const end = timeOf(c.req.query("endTime"), now);
    const limit = Number(c.req.query("limit") ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
      refuse(400, `invalid limit: ${c.req.query("limit")}`);
    const texts = c.req.queries("text") ?? [];
    const found = render.logLines.list(
      (line) =>
        passes(c, "resource", line.serviceId) &&
        passes(c, "type", line.type) &&
        texts.every((text) => line.message.includes(text)) &&
        Date.parse(line.timestamp) >= start &&
        Date.parse(line.timestamp) <= end,
    );
    const forward = c.req.query("direction") === "forward";
    const ordered = forward ? found : found.reverse();
    const logs = ordered.slice(0, limit);
    const edge = Date.parse(logs.at(-1)?.timestamp ?? new Date(end).toISOString());
    return c.json({
      hasMore: ordered.length > limit,
      nextStartTime: new Date(forward ? edge : start).toISOString(),
      nextEndTime: new Date(forward ? end : edge).toISOString(),
      logs: logs.map(describe),
    });
  });
}

function timeOf(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time)) refuse(400, `invalid time: ${text}`);
  return time;
}

function describe({ id, deployId, serviceId, timestamp, type, message }: LogLine): object {
  return {
    id,
    message,
    timestamp,
    labels: [
      { name: "resource", value: serviceId },
      { name: "instance", value: deployId },
      { name: "level", value: "info" },
      { name: "type", value: type },
    ],
  };
}
