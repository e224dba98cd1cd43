/** Inputs and outputs of github.Repository, as the SDK of the vendor's plugin declares them. */
import { z } from "zod";

const flag = z.boolean().optional();
const text = z.string().optional();
const status = z.object({ status: z.enum(["enabled", "disabled"]) }).optional();

/** Security settings that the plugin manages; GitHub answers more. */
export const securityAndAnalysis = z.object({
  advancedSecurity: status,
  codeSecurity: status,
  secretScanning: status,
  secretScanningAiDetection: status,
  secretScanningNonProviderPatterns: status,
  secretScanningPushProtection: status,
});

/** The settings that the offline edition leaves out: forks, templates and Pages. */
export const leftOut = ["fork", "pages", "sourceOwner", "sourceRepo", "template"] as const;

/** Of the vendor's defaults, the bridge puts those into the inputs that are not a zero value anyway. */
export const repositoryInputs = z.object({
  name: z.string().regex(/^[-a-zA-Z0-9_.]{1,100}$/),
  description: text,
  homepageUrl: text,
  private: flag,
  visibility: z.enum(["public", "private", "internal"]).optional(),
  hasDiscussions: flag,
  hasDownloads: flag,
  hasIssues: flag,
  hasProjects: flag,
  hasWiki: flag,
  isTemplate: flag,
  allowAutoMerge: flag,
  allowForking: flag,
  allowMergeCommit: z.boolean().default(true),
  allowRebaseMerge: z.boolean().default(true),
  allowSquashMerge: z.boolean().default(true),
  allowUpdateBranch: flag,
  mergeCommitMessage: z.string().default("PR_TITLE"),
  mergeCommitTitle: z.string().default("MERGE_MESSAGE"),
  squashMergeCommitMessage: z.string().default("COMMIT_MESSAGES"),
  squashMergeCommitTitle: z.string().default("COMMIT_OR_PR_TITLE"),
  deleteBranchOnMerge: flag,
  webCommitSignoffRequired: flag,
  autoInit: flag,
  gitignoreTemplate: text,
  licenseTemplate: text,
  archiveOnDestroy: flag,
  archived: flag,
  defaultBranch: text,
  topics: z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/)).optional(),
  vulnerabilityAlerts: flag,
  ignoreVulnerabilityAlertsDuringRead: flag,
  securityAndAnalysis: securityAndAnalysis.optional(),
  fork: text,
  pages: z.unknown().optional(),
  sourceOwner: text,
  sourceRepo: text,
  template: z.unknown().optional(),
});

export const repositoryOutputs = repositoryInputs.extend({
  allowForking: z.boolean(),
  defaultBranch: z.string(),
  private: z.boolean(),
  topics: z.array(z.string()),
  visibility: z.string(),
  vulnerabilityAlerts: z.boolean(),
  webCommitSignoffRequired: z.boolean(),
  etag: z.string(),
  fork: z.string(),
  fullName: z.string(),
  gitCloneUrl: z.string(),
  htmlUrl: z.string(),
  httpCloneUrl: z.string(),
  nodeId: z.string(),
  primaryLanguage: z.string(),
  repoId: z.number(),
  sourceOwner: z.string(),
  sourceRepo: z.string(),
  sshCloneUrl: z.string(),
  svnUrl: z.string(),
});

export type RepositoryInputs = z.output<typeof repositoryInputs>;
export type RepositoryOutputs = z.output<typeof repositoryOutputs>;

/** Properties that keep the service's value when they are not declared. */
export const computedSettings = [
  ...leftOut,
  "allowForking",
  "defaultBranch",
  "private",
  "securityAndAnalysis",
  "topics",
  "visibility",
  "vulnerabilityAlerts",
  "webCommitSignoffRequired",
  "securityAndAnalysis.*",
];
