/** Triggers of a pipeline definition: which events start it. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { uuidOf } from "./identity.ts";
import type { PipelineDefinition, Trigger } from "./model.ts";
import { definitionOf, projectById, resolveRepository } from "./pipeline-definitions.ts";
import { param } from "./slugs.ts";

const eventPreset = z.enum([
  "all-pushes",
  "only-tags",
  "default-branch-pushes",
  "only-build-prs",
  "only-open-prs",
  "only-labeled-prs",
  "only-merged-prs",
  "only-ready-for-review-prs",
  "only-branch-delete",
  "only-build-pushes-to-non-draft-prs",
  "only-merged-or-closed-prs",
]);
const sender = z.strictObject({ sender: z.string().optional() });
const common = {
  event_preset: eventPreset.optional(),
  checkout_ref: z.string().optional(),
  config_ref: z.string().optional(),
  event_name: z.string().optional(),
  disabled: z.boolean().optional(),
};
const newTrigger = z.strictObject({
  event_source: z.strictObject({
    provider: z.enum(["github_app", "webhook"]),
    repo: z.strictObject({ external_id: z.string().min(1) }).optional(),
    webhook: sender.optional(),
  }),
  ...common,
});
/** Where a trigger's events come from is settled when it is made. */
const update = z.strictObject({ event_source: z.strictObject({ webhook: sender.optional() }).optional(), ...common });

/** Adds the routes. */
export function triggerRoutes(app: Hono, circleci: Circleci): void {
  const collection = "/api/v2/projects/:project/pipeline-definitions/:definition/triggers";
  const one = "/api/v2/projects/:project/triggers/:trigger";
  const triggerOf = (c: Context): Trigger => {
    const { id } = projectById(circleci, c);
    const trigger = circleci.triggers.get(param(c, "trigger"));
    if (trigger?.projectId !== id) refuse(404, "Trigger not found.");
    return trigger;
  };
  const describe = (trigger: Trigger): object => ({
    id: trigger.id,
    event_name: trigger.eventName ?? "",
    created_at: trigger.createdAt,
    event_source: {
      provider: trigger.provider,
      ...(trigger.repo && { repo: trigger.repo }),
      ...(trigger.provider === "webhook" && {
        webhook: { url: hookUrl(circleci, trigger), sender: trigger.webhookSender ?? "" },
      }),
    },
    ...(trigger.eventPreset && { event_preset: trigger.eventPreset }),
    checkout_ref: trigger.checkoutRef,
    config_ref: trigger.configRef,
    disabled: trigger.disabled,
  });

  app.get(collection, (c) => {
    const { id } = definitionOf(circleci, c);
    return c.json({ items: circleci.triggers.list(({ definitionId }) => definitionId === id).map(describe) });
  });

  app.post(collection, async (c) => {
    const definition = definitionOf(circleci, c);
    const body = await readBody(c, newTrigger);
    checkReferences(definition, body);
    const { provider, repo, webhook } = body.event_source;
    const trigger: Trigger = {
      id: uuidOf(`trigger ${definition.id} ${circleci.store.next("trigger")}`),
      projectId: definition.projectId,
      definitionId: definition.id,
      createdAt: circleci.now(),
      provider,
      ...(repo && { repo: resolveRepository(circleci, repo.external_id) }),
      ...(webhook?.sender !== undefined && { webhookSender: webhook.sender }),
      ...(body.event_name !== undefined && { eventName: body.event_name }),
      ...(body.event_preset !== undefined && { eventPreset: body.event_preset }),
      checkoutRef: body.checkout_ref ?? "",
      configRef: body.config_ref ?? "",
      disabled: body.disabled ?? false,
    };
    return c.json(describe(circleci.triggers.put(trigger.id, trigger)));
  });

  app.get(one, (c) => c.json(describe(triggerOf(c))));

  app.patch(one, async (c) => {
    const body = await readBody(c, update);
    const trigger = triggerOf(c);
    const name = body.event_name ?? trigger.eventName;
    const preset = body.event_preset ?? trigger.eventPreset;
    const webhookSender = body.event_source?.webhook?.sender ?? trigger.webhookSender;
    const updated: Trigger = {
      ...trigger,
      ...(name !== undefined && { eventName: name }),
      ...(preset !== undefined && { eventPreset: preset }),
      ...(webhookSender !== undefined && { webhookSender }),
      checkoutRef: body.checkout_ref ?? trigger.checkoutRef,
      configRef: body.config_ref ?? trigger.configRef,
      disabled: body.disabled ?? trigger.disabled,
    };
    return c.json(describe(circleci.triggers.put(trigger.id, updated)));
  });

  app.delete(one, (c) => {
    circleci.triggers.delete(triggerOf(c).id);
    return c.json({ message: "Trigger deleted." });
  });
}

/** What must and must not be given depends on where the events come from. Refuses with 400. */
function checkReferences(definition: PipelineDefinition, body: z.infer<typeof newTrigger>): void {
  const { provider, repo, webhook } = body.event_source;
  if (provider === "webhook") {
    if (repo) refuse(400, "Unexpected field 'event_source.repo'.");
    if (body.event_preset) refuse(400, "Unexpected field 'event_preset'.");
    if (!body.checkout_ref) refuse(400, "Missing field 'checkout_ref'.");
    if (!body.config_ref) refuse(400, "Missing field 'config_ref'.");
    return;
  }
  if (!repo) refuse(400, "Missing field 'event_source.repo'.");
  if (webhook) refuse(400, "Unexpected field 'event_source.webhook'.");
  if (body.event_name) refuse(400, "Unexpected field 'event_name'.");
  const { configSource, checkoutSource } = definition;
  checkReference("checkout_ref", body.checkout_ref, repo.external_id === checkoutSource.repo.external_id);
  checkReference("config_ref", body.config_ref, repo.external_id === configSource.repo?.external_id);
}

/** The event names the commit where the repositories are the same; elsewhere a reference has to. */
function checkReference(field: string, reference: string | undefined, sameRepository: boolean): void {
  if (sameRepository && reference) refuse(400, `Unexpected field '${field}'.`);
  if (!sameRepository && !reference) refuse(400, `Missing field '${field}'.`);
}

function hookUrl(circleci: Circleci, { id }: Trigger): string {
  return `${circleci.baseUrl}/private/soc/e/${id}?secret=**REDACTED**`;
}
