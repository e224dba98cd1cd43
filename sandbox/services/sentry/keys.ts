/** Client keys: `/projects/{o}/{p}/keys/`. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ClientKey } from "./data.ts";
import { notFound } from "./errors.ts";
import { readBody } from "./input.ts";
import { keyView, newKey } from "./key-view.ts";
import { pageOf } from "./paging.ts";
import { projectOf, type Sentry } from "./sentry.ts";

const rateLimit = z.object({
  count: z.int().min(0).nullish(),
  window: z
    .int()
    .min(0)
    .max(24 * 3600)
    .nullish(),
});
const createBody = z.object({ name: z.string().max(64).nullish(), rateLimit: rateLimit.nullish() });
const updateBody = createBody.extend({ isActive: z.boolean().optional() });

/** The routes. */
export function keyRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  const keyOf = (c: Context): ClientKey => {
    const project = projectOf(sentry, c);
    const key = sentry.data.keys.get(c.req.param("key") ?? "");
    if (key?.projectId !== project.id) throw notFound();
    return key;
  };
  app.get("/projects/:organization/:project/keys/", (c) => {
    const project = projectOf(sentry, c);
    const status = c.req.query("status");
    const keys = sentry.data.keys
      .list((key) => key.projectId === project.id)
      .filter((key) => !status || key.isActive === (status === "active"));
    return pageOf(c, keys, (key) => keyView(sentry, key));
  });
  app.post("/projects/:organization/:project/keys/", async (c) => {
    const project = projectOf(sentry, c);
    const body = await readBody(c, createBody);
    const name = body.name || `key-${sentry.next("unnamed-key")}`;
    const key = newKey(project.id, name, storedLimit(body.rateLimit), sentry.now());
    sentry.data.keys.put(key.id, key);
    return c.json(keyView(sentry, key), 201);
  });
  app.get("/projects/:organization/:project/keys/:key/", (c) => c.json(keyView(sentry, keyOf(c))));
  app.put("/projects/:organization/:project/keys/:key/", async (c) => {
    const key = keyOf(c);
    const body = await readBody(c, updateBody);
    const changed = {
      ...key,
      name: body.name || key.name,
      isActive: body.isActive ?? key.isActive,
      rateLimit: body.rateLimit === undefined ? key.rateLimit : storedLimit(body.rateLimit),
    };
    sentry.data.keys.put(key.id, changed);
    return c.json(keyView(sentry, changed));
  });
  app.delete("/projects/:organization/:project/keys/:key/", (c) => {
    sentry.data.keys.delete(keyOf(c).id);
    return c.body(null, 204);
  });
  return app;
}

/** A limit without a count or a window is none. */
function storedLimit(limit: z.output<typeof rateLimit> | null | undefined): ClientKey["rateLimit"] {
  return limit?.count && limit.window ? { count: limit.count, window: limit.window } : null;
}
