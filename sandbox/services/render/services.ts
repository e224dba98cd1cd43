/** Services that run an image: made, listed, read, changed, deleted. */
import type { Hono } from "hono";
import { markNotEmulated } from "../core/exchange.ts";
import { cursorOf, existing, page, param, passes, passesTimes, readBody } from "./answers.ts";
import type { CronJobs } from "./cron/jobs.ts";
import type { Service } from "./model.ts";
import type { Render } from "./render.ts";
import type { ServiceLifecycle } from "./service-lifecycle.ts";
import { changedDetails, fittingDetails, imageOf, newService, serviceUpdate } from "./service-requests.ts";
import { describeService } from "./service-view.ts";

/** Adds the routes. */
export function serviceRoutes(app: Hono, render: Render, lifecycle: ServiceLifecycle, crons: CronJobs): void {
  app.get("/v1/services", (c) => {
    const found = render.services.list(
      (service) =>
        passes(c, "name", service.name) &&
        passes(c, "type", service.type) &&
        passes(c, "ownerId", service.ownerId) &&
        passes(c, "environmentId", service.environmentId) &&
        passes(c, "region", service.details.region) &&
        passes(c, "env", "image") &&
        passes(c, "suspended", service.suspended ? "suspended" : "not_suspended") &&
        passesTimes(c, service),
    );
    const items = page(c, found, ({ id }) => id);
    return c.json(items.map((item) => ({ service: describeService(render, item), cursor: cursorOf(item.id) })));
  });

  app.post("/v1/services", async (c) => {
    const request = await readBody(c, newService);
    // A disk is remembered and shown; no instance sees it.
    if (request.serviceDetails.disk) markNotEmulated(c.req.raw);
    const { service, deploy } = await lifecycle.create(request);
    return c.json({ service: describeService(render, service), deployId: deploy?.id }, 201);
  });

  app.get("/v1/services/:service", (c) =>
    c.json(describeService(render, existing(render.services, param(c, "service")))),
  );

  app.patch("/v1/services/:service", async (c) => {
    const body = await readBody(c, serviceUpdate);
    const service = existing(render.services, param(c, "service"));
    const { registryCredentialId, ...rest } = service;
    const image = body.image
      ? imageOf(render, body.image)
      : { ...(registryCredentialId !== undefined && { registryCredentialId }) };
    const updated: Service = {
      ...rest,
      ...image,
      name: body.name ?? service.name,
      autoDeploy: body.autoDeploy ?? service.autoDeploy,
      details: fittingDetails(service.type, changedDetails(service.details, body.serviceDetails ?? {})),
      updatedAt: render.now(),
    };
    crons.plan(render.services.put(service.id, updated));
    return c.json(describeService(render, updated));
  });

  app.delete("/v1/services/:service", async (c) => {
    const { id } = existing(render.services, param(c, "service"));
    await lifecycle.delete(id);
    return c.body(null, 204);
  });
}
