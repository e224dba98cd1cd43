/** Inputs and outputs of sentry.SentryProject, as the SDK of the vendor's plugin declares them, and Sentry's answer. */
import { z } from "zod";

export const projectInputs = z.object({
  organization: z.string(),
  name: z.string(),
  slug: z.string().optional(),
  team: z.string().optional(),
  teams: z.array(z.string()).optional(),
  platform: z.string().optional(),
  digestsMaxDelay: z.number().optional(),
  digestsMinDelay: z.number().optional(),
  resolveAge: z.number().optional(),
});

export const projectOutputs = projectInputs.extend({
  slug: z.string(),
  platform: z.string(),
  digestsMaxDelay: z.number(),
  digestsMinDelay: z.number(),
  resolveAge: z.number(),
  color: z.string(),
  features: z.array(z.string()),
  internalId: z.string(),
  isPublic: z.boolean(),
  projectId: z.string(),
  status: z.string(),
});

export type ProjectInputs = z.output<typeof projectInputs>;
export type ProjectOutputs = z.output<typeof projectOutputs>;

/** The fields of an answer that become outputs ("Retrieve a Project"). */
export const projectAnswer = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  platform: z.string().nullish(),
  color: z.string().default(""),
  features: z.array(z.string()).default([]),
  status: z.string().default(""),
  isPublic: z.boolean().default(false),
  digestsMinDelay: z.number().default(0),
  digestsMaxDelay: z.number().default(0),
  resolveAge: z.number().nullish(),
  organization: z.looseObject({ slug: z.string() }),
  teams: z.array(z.looseObject({ slug: z.string() })).default([]),
});
