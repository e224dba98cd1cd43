/** A repository as the sandbox stores it, and the settings that a request may carry. */
import { z } from "zod";

const nullableText = z.string().nullable();
const toggle = z.strictObject({ status: z.enum(["enabled", "disabled"]) });

/** Settings that both create and update take. */
const commonSettings = z.object({
  description: nullableText,
  homepage: nullableText,
  private: z.boolean(),
  visibility: z.enum(["public", "private"]),
  has_issues: z.boolean(),
  has_projects: z.boolean(),
  has_wiki: z.boolean(),
  has_downloads: z.boolean(),
  has_discussions: z.boolean(),
  is_template: z.boolean(),
  allow_squash_merge: z.boolean(),
  allow_merge_commit: z.boolean(),
  allow_rebase_merge: z.boolean(),
  allow_auto_merge: z.boolean(),
  allow_update_branch: z.boolean(),
  allow_forking: z.boolean(),
  delete_branch_on_merge: z.boolean(),
  web_commit_signoff_required: z.boolean(),
  squash_merge_commit_title: z.enum(["PR_TITLE", "COMMIT_OR_PR_TITLE"]),
  squash_merge_commit_message: z.enum(["PR_BODY", "COMMIT_MESSAGES", "BLANK"]),
  merge_commit_title: z.enum(["PR_TITLE", "MERGE_MESSAGE"]),
  merge_commit_message: z.enum(["PR_BODY", "PR_TITLE", "BLANK"]),
});

/** POST /orgs/{org}/repos and /user/repos. */
export const createRepositoryBody = commonSettings.partial().extend({
  name: z.string(),
  auto_init: z.boolean().default(false),
  gitignore_template: z.string().optional(),
  license_template: z.string().optional(),
});

/** PATCH /repos/{owner}/{repo}. */
export const updateRepositoryBody = commonSettings
  .extend({
    name: z.string(),
    default_branch: z.string(),
    archived: z.boolean(),
    has_pull_requests: z.boolean(),
    pull_request_creation_policy: z.enum(["all", "collaborators_only"]),
    security_and_analysis: z
      .object({
        advanced_security: toggle,
        secret_scanning: toggle,
        secret_scanning_push_protection: toggle,
        dependabot_security_updates: toggle,
      })
      .partial()
      .nullable(),
  })
  .partial();

/** Every setting that is stored under the API's own name. */
export type RepositorySettings = Omit<z.output<typeof commonSettings>, "private"> & {
  readonly archived: boolean;
  readonly has_pull_requests: boolean;
  readonly pull_request_creation_policy: "all" | "collaborators_only";
};

/** A stored repository. */
export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  /** Names that it had before; GitHub redirects them. */
  readonly formerNames: readonly string[];
  readonly settings: RepositorySettings;
  readonly defaultBranch: string;
  readonly topics: readonly string[];
  readonly vulnerabilityAlerts: boolean;
  readonly automatedSecurityFixes: boolean;
  readonly secretScanning: boolean;
  readonly secretScanningPushProtection: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly pushedAt: string;
}

/** What GitHub sets when a create request leaves it out. */
export function defaultSettings(visibility: "public" | "private"): RepositorySettings {
  return {
    description: null,
    homepage: null,
    visibility,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_downloads: true,
    has_discussions: false,
    has_pull_requests: true,
    pull_request_creation_policy: "all",
    is_template: false,
    archived: false,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    allow_update_branch: false,
    allow_forking: visibility === "public",
    delete_branch_on_merge: false,
    web_commit_signoff_required: false,
    squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
    squash_merge_commit_message: "COMMIT_MESSAGES",
    merge_commit_title: "MERGE_MESSAGE",
    merge_commit_message: "PR_TITLE",
  };
}
