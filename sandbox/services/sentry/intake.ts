/** Where a site's Sentry client sends: `/api/{project}/envelope/` and `/api/{project}/store/`. */
import { type Context, Hono } from "hono";
import { VendorError } from "../core/vendor-error.ts";
import type { Project } from "./data.ts";
import { decompress, type Envelope, parseEnvelope, parseObject } from "./envelope.ts";
import { countItem, eventId, storeEvent } from "./event-store.ts";
import type { Sentry } from "./sentry.ts";

/** The routes, mounted at `/api`. */
export function intakeRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  app.post("/:project{[0-9]+}/envelope/", async (c) => {
    const envelope = await readEnvelope(c);
    const project = authorizedProject(sentry, c, keyOfDsn(envelope.header["dsn"]));
    const id = sentry.transaction(() => storeItems(sentry, project, envelope));
    return c.json(id ? { id } : {});
  });
  app.post("/:project{[0-9]+}/store/", async (c) => {
    const project = authorizedProject(sentry, c, undefined);
    const payload = await orBadRequest(async () => parseObject((await readBytes(c)).toString("utf8")));
    const event = sentry.transaction(() => storeEvent(sentry, project, payload));
    return c.json({ id: event.id });
  });
  return app;
}

function readEnvelope(c: Context): Promise<Envelope> {
  return orBadRequest(async () => parseEnvelope(await readBytes(c)));
}

async function readBytes(c: Context): Promise<Buffer> {
  return decompress(Buffer.from(await c.req.arrayBuffer()), c.req.header("Content-Encoding"));
}

async function orBadRequest<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new VendorError(400, { detail: "invalid event envelope", causes: [cause] });
  }
}

/** The project of an active key that belongs to it; the key comes in a header, the query or the envelope's DSN. */
function authorizedProject(sentry: Sentry, c: Context, dsnKey: string | undefined): Project {
  const header = /sentry_key=([0-9a-f]+)/.exec(c.req.header("X-Sentry-Auth") ?? c.req.header("Authorization") ?? "");
  const publicKey = header?.[1] ?? c.req.query("sentry_key") ?? dsnKey;
  if (!publicKey) throw new VendorError(401, { detail: "missing authorization information" });
  const key = sentry.data.keys.get(publicKey);
  const project = sentry.data.projects.get(c.req.param("project") ?? "");
  if (!key || !project || key.projectId !== project.id) throw rejected("ProjectId");
  if (!key.isActive) throw rejected("DisabledKey");
  return project;
}

function rejected(reason: "ProjectId" | "DisabledKey"): VendorError {
  return new VendorError(403, { detail: `event submission rejected with_reason: ${reason}` });
}

function keyOfDsn(dsn: unknown): string | undefined {
  return typeof dsn === "string" && URL.canParse(dsn) ? new URL(dsn).username : undefined;
}

/** Keeps events and counts the rest. Gives the id that the envelope's answer carries. */
function storeItems(sentry: Sentry, project: Project, envelope: Envelope): string | undefined {
  let id = envelope.header["event_id"] === undefined ? undefined : eventId(envelope.header["event_id"]);
  for (const item of envelope.items) {
    if (item.type !== "event") {
      countItem(sentry, project, item.type);
      continue;
    }
    const payload = parseObject(item.payload.toString("utf8"));
    const current = sentry.data.projects.get(project.id) ?? project;
    id = storeEvent(sentry, current, { event_id: id, ...payload }).id;
  }
  return id;
}
