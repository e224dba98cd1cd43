/** What can be done to a service as a whole. One instance really runs, however many are asked for. */
import type { Hono } from "hono";
import { z } from "zod";
import { existing, param, readBody, refuse } from "./answers.ts";
import { checkedDisk } from "./disks.ts";
import { recordEvent } from "./events.ts";
import type { Service } from "./model.ts";
import type { Render } from "./render.ts";
import type { ServiceLifecycle } from "./service-lifecycle.ts";
import { autoscaling, checkedAutoscaling } from "./service-requests.ts";

const scale = z.object({ numInstances: z.int().min(1) });

/** Adds the routes. */
export function serviceActionRoutes(app: Hono, render: Render, lifecycle: ServiceLifecycle): void {
  const save = (service: Service, details: Service["details"]): void => {
    render.services.put(service.id, { ...service, details, updatedAt: render.now() });
  };

  app.post("/v1/services/:service/suspend", async (c) => {
    const service = existing(render.services, param(c, "service"));
    if (!service.suspended) await lifecycle.suspend(service);
    return c.body(null, 202);
  });

  app.post("/v1/services/:service/resume", async (c) => {
    const service = existing(render.services, param(c, "service"));
    if (!service.suspended) refuse(400, "only services suspended by a user can be resumed");
    await lifecycle.resume(service);
    return c.body(null, 202);
  });

  app.post("/v1/services/:service/scale", async (c) => {
    const { numInstances } = await readBody(c, scale);
    const service = existing(render.services, param(c, "service"));
    // As long as autoscaling is enabled, Render takes the number and ignores it (API description, "Scale instance count").
    if (service.details.autoscaling?.enabled) return c.body(null, 202);
    const { numInstances: fromInstances } = service.details;
    if (numInstances !== fromInstances) {
      recordEvent(render, service.id, "instance_count_changed", { fromInstances, toInstances: numInstances });
    }
    save(service, checkedDisk({ ...service.details, numInstances }));
    return c.body(null, 202);
  });

  app.put("/v1/services/:service/autoscaling", async (c) => {
    const wanted = checkedAutoscaling(await readBody(c, autoscaling));
    const service = existing(render.services, param(c, "service"));
    const { autoscaling: fromConfig, ...details } = service.details;
    save(service, checkedDisk({ ...details, autoscaling: wanted }));
    recordEvent(render, service.id, "autoscaling_config_changed", {
      ...(fromConfig && { fromConfig }),
      toConfig: wanted,
    });
    return c.json(wanted);
  });

  app.delete("/v1/services/:service/autoscaling", (c) => {
    const service = existing(render.services, param(c, "service"));
    const { autoscaling: _gone, ...details } = service.details;
    save(service, details);
    return c.body(null, 204);
  });
}
