/** Outbound webhooks of a project. Nothing is ever delivered from here. */
import type { Hono } from "hono";
import { z } from "zod";
import { inBothSpellings, readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { uuidOf } from "./identity.ts";
import type { Webhook } from "./model.ts";
import { param, projectOf } from "./slugs.ts";

const fields = z.object({
  name: z.string().min(1),
  url: z.string().startsWith("https://"),
  events: z.array(z.enum(["workflow-completed", "job-completed"])),
  verify_tls: z.boolean(),
  signing_secret: z.string(),
});
const scope = z.object({ id: z.string(), type: z.literal("project") });
const newWebhook = z.preprocess(withUnderscores, fields.extend({ scope }));
const update = z.preprocess(withUnderscores, fields.partial());

/** Adds the routes. */
export function webhookRoutes(app: Hono, circleci: Circleci): void {
  const webhookOf = (id: string): Webhook => {
    const webhook = circleci.webhooks.get(id);
    if (webhook === undefined) refuse(404, "Webhook not found");
    return webhook;
  };

  app.post("/api/v2/webhook", async (c) => {
    const { scope, verify_tls: verifyTls, signing_secret: signingSecret, ...rest } = await readBody(c, newWebhook);
    const { id: projectId } = projectOf(circleci, scope.id);
    const id = uuidOf(`webhook ${projectId} ${circleci.store.next("webhook")}`);
    const now = circleci.now();
    const webhook = { id, projectId, ...rest, verifyTls, signingSecret, createdAt: now, updatedAt: now };
    return c.json(describe(circleci.webhooks.put(id, webhook)), 201);
  });

  app.get("/api/v2/webhook/:webhook", (c) => c.json(describe(webhookOf(param(c, "webhook")))));

  app.put("/api/v2/webhook/:webhook", async (c) => {
    const body = await readBody(c, update);
    const webhook = webhookOf(param(c, "webhook"));
    const updated: Webhook = {
      ...webhook,
      name: body.name ?? webhook.name,
      url: body.url ?? webhook.url,
      events: body.events ?? webhook.events,
      verifyTls: body.verify_tls ?? webhook.verifyTls,
      signingSecret: body.signing_secret ?? webhook.signingSecret,
      updatedAt: circleci.now(),
    };
    return c.json(describe(circleci.webhooks.put(webhook.id, updated)));
  });

  app.delete("/api/v2/webhook/:webhook", (c) => {
    circleci.webhooks.delete(webhookOf(param(c, "webhook")).id);
    return c.json({ message: "ok" });
  });
}

function describe(webhook: Webhook): Record<string, unknown> {
  return inBothSpellings({
    id: webhook.id,
    name: webhook.name,
    url: webhook.url,
    events: webhook.events,
    verify_tls: webhook.verifyTls,
    signing_secret: webhook.signingSecret === "" ? "" : "****",
    scope: { id: webhook.projectId, type: "project" },
    created_at: webhook.createdAt,
    updated_at: webhook.updatedAt,
  });
}

/** Takes `signing-secret`, as the description spells it, for `signing_secret`. */
function withUnderscores(body: unknown): unknown {
  if (body === null || typeof body !== "object" || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name.replaceAll("-", "_"), value]));
}
