/** Inputs and outputs of the Trigger resource. */
import { z } from "zod";

const EVENT_PRESETS = [
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
] as const;

const properties = z.object({
  projectId: z.string().min(1).describe("Id of the project, a UUID. A change replaces the trigger."),
  definitionId: z
    .string()
    .min(1)
    .describe("Id of the pipeline definition that it starts. A change replaces the trigger."),
  provider: z
    .enum(["github_app", "webhook"])
    .default("github_app")
    .describe("Where the events come from. A change replaces the trigger."),
  repositoryId: z
    .string()
    .regex(/^\d+$/, "is GitHub's numeric id of the repository")
    .optional()
    .describe(
      "With github_app: GitHub's numeric id of the repository whose events count. A change replaces the trigger.",
    ),
  eventPreset: z
    .enum(EVENT_PRESETS)
    .meta({ typeName: "EventPreset" })
    .optional()
    .describe("With github_app: which events start the pipeline."),
  checkoutRef: z
    .string()
    .min(1)
    .optional()
    .describe("Branch or tag to check out; where the event's repository is the one that is checked out, not given."),
  configRef: z
    .string()
    .min(1)
    .optional()
    .describe("Branch or tag of the configuration; where the event's repository holds it, not given."),
  eventName: z.string().min(1).optional().describe("With webhook: name of the event."),
  sender: z.string().min(1).optional().describe("With webhook: who sends it."),
  disabled: z.boolean().default(false).describe("With webhook: whether the trigger is switched off."),
});

/** What goes with a kind of event source, and what does not ("CircleCI API v2", Create trigger). */
const RULES = {
  github_app: { required: ["repositoryId"], forbidden: ["eventName", "sender"] },
  webhook: { required: ["checkoutRef", "configRef"], forbidden: ["repositoryId", "eventPreset"] },
} as const;

/** Inputs of a trigger. */
export const inputs = properties.superRefine((given, check) => {
  const { required, forbidden } = RULES[given.provider];
  for (const name of required) {
    if (given[name] !== undefined) continue;
    check.addIssue({ code: "custom", path: [name], message: `is required with provider ${given.provider}` });
  }
  for (const name of forbidden) {
    if (given[name] === undefined) continue;
    check.addIssue({ code: "custom", path: [name], message: `does not go with provider ${given.provider}` });
  }
  if (given.provider === "github_app" && given.disabled) {
    check.addIssue({ code: "custom", path: ["disabled"], message: "goes with provider webhook only" });
  }
});

/** Outputs of a trigger. */
export const outputs = properties.extend({
  triggerId: z.string().describe("Id of the trigger, a UUID."),
  createdAt: z.string().describe("When it was made, ISO 8601."),
  webhookUrl: z
    .string()
    .optional()
    .describe("With webhook: where to send events. Whoever knows it can start pipelines."),
});

export type Inputs = z.infer<typeof inputs>;
export type Outputs = z.infer<typeof outputs>;
