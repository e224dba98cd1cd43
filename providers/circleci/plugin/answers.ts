/**
 * What is read of CircleCI's answers. Needed is only what an object is told by; what CircleCI adds for people may be
 * absent, and is then shown as nothing.
 */
import { z } from "zod";
import { list, openEnum, optional } from "../../kit/answer.ts";
import { eitherSpelling } from "./either-spelling.ts";

/** A text that nothing hangs on. */
const shown = optional(z.string()).transform((text) => text ?? "");
/** GitHub's number of a repository, which the description says to be text. */
const externalId = z.union([z.string(), z.number()]).transform(String);
const repository = z.object({ external_id: optional(externalId) });

/** "Get a project", "Create a new project". */
export const projectAnswer = z.object({
  slug: z.string(),
  id: z.string(),
  name: shown,
  organization_id: shown,
  organization_name: shown,
  organization_slug: shown,
  vcs_info: optional(z.object({ vcs_url: shown, default_branch: shown })),
});
export type ProjectAnswer = z.infer<typeof projectAnswer>;

/** "Get project settings", "Update project settings". */
export const settingsAnswer = z.object({
  advanced: z.looseObject({ pr_only_branch_overrides: optional(z.array(z.string())) }),
});
export type AdvancedAnswer = z.infer<typeof settingsAnswer>["advanced"];

/** "Get all followed projects" of API v1.1. */
export const followedAnswer = list(z.object({ vcs_url: shown, reponame: optional(z.string()) }));

/** "Collaborations", without the id, which is null for a personal organization. */
export const collaborationsAnswer = list(z.object({ slug: z.string(), name: shown }));

/** "Get a context", an item of "List contexts". */
export const contextAnswer = z.object({ id: z.string(), name: z.string(), created_at: shown });
export type ContextAnswer = z.infer<typeof contextAnswer>;

/** An item of "List environment variables", "Add or update an environment variable". */
export const contextVariableAnswer = z.object({
  variable: z.string(),
  created_at: shown,
  updated_at: optional(z.string()),
});
export type ContextVariableAnswer = z.infer<typeof contextVariableAnswer>;

/** An item of "Get context restrictions", "Create context restriction". */
export const restrictionAnswer = z.object({
  id: z.string(),
  restriction_type: optional(openEnum("project", "expression", "group")).transform((type) => type ?? ""),
  restriction_value: shown,
  name: optional(z.string()),
});
export type RestrictionAnswer = z.infer<typeof restrictionAnswer>;

/** "Create a new checkout key", an item of "Get all checkout keys". */
export const checkoutKeyAnswer = eitherSpelling({
  fingerprint: z.string(),
  type: openEnum("deploy-key", "github-user-key"),
  public_key: shown,
  preferred: optional(z.boolean()),
  created_at: shown,
});
export type CheckoutKeyAnswer = z.infer<typeof checkoutKeyAnswer>;

/** "Create an environment variable", "Get a masked environment variable". */
export const projectVariableAnswer = eitherSpelling({
  name: z.string(),
  value: shown,
  created_at: optional(z.string()),
});
export type ProjectVariableAnswer = z.infer<typeof projectVariableAnswer>;

/** "Get a pipeline definition", and what else answers one. */
export const definitionAnswer = z.object({
  id: z.string(),
  name: shown,
  description: shown,
  created_at: shown,
  config_source: optional(
    z.object({
      provider: optional(openEnum("github_app", "circleci")),
      repo: optional(repository),
      file_path: optional(z.string()),
    }),
  ),
  checkout_source: optional(z.object({ repo: optional(repository) })),
});
export type DefinitionAnswer = z.infer<typeof definitionAnswer>;

/** "Get a trigger", and what else answers one. */
export const triggerAnswer = z.object({
  id: z.string(),
  created_at: shown,
  event_name: optional(z.string()),
  event_source: optional(
    z.object({
      provider: optional(openEnum("github_app", "webhook")),
      repo: optional(repository),
      webhook: optional(z.object({ url: optional(z.string()), sender: optional(z.string()) })),
    }),
  ),
  event_preset: optional(z.string()),
  checkout_ref: optional(z.string()),
  config_ref: optional(z.string()),
  disabled: optional(z.boolean()),
});
export type TriggerAnswer = z.infer<typeof triggerAnswer>;
