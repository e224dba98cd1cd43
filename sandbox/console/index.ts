/** The console: the page at the root, and the sandbox's own HTTP interface, `/_sandbox/*`. */
import { Hono } from "hono";
import { z } from "zod";
import { faultRule } from "../services/core/faults.ts";
import type { Console } from "./console.ts";
import { eventRoute } from "./events.ts";
import { maskCall } from "./masked-call.ts";
import { pageRoutes } from "./page-routes.ts";
import { ownPagesOnly } from "./same-origin.ts";
import { storyRoutes } from "./story.ts";

export type { Console, ImageLister } from "./console.ts";

/** The console's app. Bad input answers 400 with every problem; an unknown path answers 404. */
export function consoleApp(control: Console): Hono {
  const app = new Hono();
  app.use(ownPagesOnly);
  app.route("/_sandbox", sandboxRoutes(control));
  app.route("/", pageRoutes());
  return app;
}

function sandboxRoutes(control: Console): Hono {
  const app = new Hono();
  app.get("/state", (c) =>
    c.json(Object.fromEntries(control.services().map((service) => [service.name, service.state()]))),
  );
  app.get("/traffic", (c) => {
    const after = Number(c.req.query("after") ?? 0);
    if (!Number.isInteger(after)) return c.json({ problems: ["after: is not a call's number"] }, 400);
    const service = c.req.query("service");
    const calls = control.traffic.list(after).filter((call) => !service || call.service === service);
    const lines = calls.map((call) => `${JSON.stringify(call)}\n`).join("");
    return c.body(lines, 200, { "Content-Type": "application/x-ndjson" });
  });
  app.get("/calls/:number", (c) => {
    const call = control.traffic.get(Number(c.req.param("number")));
    return call ? c.json(maskCall(control.masker, call)) : c.json({ problems: ["no such call, or forgotten"] }, 404);
  });
  app.route("/", storyRoutes(control.story, control.masker));
  app.get("/events", eventRoute(control));
  app.get("/faults", (c) => c.json(control.faults.list()));
  app.post("/faults", async (c) => {
    const rule = faultRule.safeParse(await c.req.json().catch(() => undefined));
    if (!rule.success) return c.json({ problems: problems(rule.error) }, 400);
    return c.json(control.faults.add(rule.data), 201);
  });
  app.delete("/faults", (c) => {
    control.faults.clear();
    return c.body(null, 204);
  });
  app.delete("/faults/:id", (c) => {
    const removed = control.faults.remove(Number(c.req.param("id")));
    return removed ? c.body(null, 204) : c.json({ problems: ["no such fault rule"] }, 404);
  });
  app.post("/reset", async (c) => {
    await control.reset();
    return c.body(null, 204);
  });
  return app;
}

function problems(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${z.core.toDotPath(issue.path) || "rule"}: ${issue.message}`);
}
