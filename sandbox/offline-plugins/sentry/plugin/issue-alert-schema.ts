/** Inputs and outputs of sentry.SentryIssueAlert, as the SDK of the vendor's plugin declares them, and Sentry's answers. */
import { z } from "zod";

const nodes = z.array(z.record(z.string(), z.string()));

export const alertInputs = z.object({
  organization: z.string(),
  project: z.string(),
  name: z.string().min(1).max(64),
  conditions: nodes,
  filters: nodes.optional(),
  actions: nodes,
  actionMatch: z.enum(["all", "any"]),
  filterMatch: z.enum(["all", "any", "none"]),
  frequency: z.number(),
  environment: z.string().optional(),
});

export const alertOutputs = alertInputs.extend({
  environment: z.string(),
  internalId: z.string(),
  projects: z.array(z.string()),
});

export type AlertInputs = z.output<typeof alertInputs>;
export type AlertOutputs = z.output<typeof alertOutputs>;
export type Nodes = z.output<typeof nodes>;

const answerNodes = z.array(z.looseObject({})).default([]);
export const alertAnswer = z.looseObject({
  id: z.string(),
  name: z.string(),
  conditions: answerNodes,
  filters: answerNodes,
  actions: answerNodes,
  actionMatch: z.string().default(""),
  filterMatch: z.string().default(""),
  frequency: z.number(),
  environment: z.string().nullish(),
  projects: z.array(z.string()).default([]),
});
export type AlertAnswer = z.output<typeof alertAnswer>;

export const taskAnswer = z.looseObject({ status: z.string().optional(), rule: alertAnswer.nullish() });
