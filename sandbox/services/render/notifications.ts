/** Notification settings and overrides, and the absence of log stream overrides. Nobody is ever notified. */
import type { Hono } from "hono";
import { z } from "zod";
import { existing, param, readBody, refuse } from "./answers.ts";
import type { NotificationOverride } from "./model.ts";
import type { Render } from "./render.ts";

const overrideUpdate = z.object({
  previewNotificationsEnabled: z.enum(["default", "false", "true"]).optional(),
  notificationsToSend: z.enum(["default", "none", "failure", "all"]).optional(),
});

/** Adds the routes. */
export function notificationRoutes(app: Hono, render: Render): void {
  const overrideOf = (serviceId: string): NotificationOverride =>
    render.notificationOverrides.get(serviceId) ?? {
      serviceId,
      previewNotificationsEnabled: "default",
      notificationsToSend: "default",
    };

  app.get("/v1/notification-settings/owners/:owner", (c) => {
    const ownerId = param(c, "owner");
    if (ownerId !== render.owner.id) refuse(404, `not found: ${ownerId}`);
    return c.json({
      ownerId,
      slackEnabled: false,
      emailEnabled: true,
      previewNotificationsEnabled: false,
      notificationsToSend: "failure",
    });
  });

  app.get("/v1/notification-settings/overrides/services/:service", (c) =>
    c.json(overrideOf(existing(render.services, param(c, "service")).id)),
  );

  app.patch("/v1/notification-settings/overrides/services/:service", async (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const updated: NotificationOverride = Object.assign(overrideOf(id), await readBody(c, overrideUpdate));
    return c.json(render.notificationOverrides.put(id, updated));
  });

  app.get("/v1/logs/streams/resource/:resource", (c) => refuse(404, `not found: ${param(c, "resource")}`));
}
