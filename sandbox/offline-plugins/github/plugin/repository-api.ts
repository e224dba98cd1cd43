/** A repository as GitHub's REST API takes and gives it ("REST API endpoints for repositories"). */
import { z } from "zod";
import { defined, type Incomplete } from "../../bridge/value.ts";
import { camelCase, snakeCase } from "./names.ts";
import { type RepositoryInputs, type RepositoryOutputs, securityAndAnalysis } from "./repository-schema.ts";

const named = z.looseObject({ status: z.string() });

/** The fields of an answer that become outputs. Absent ones read as their zero value, as in the vendor's plugin. */
export const repositoryAnswer = z.looseObject({
  id: z.number(),
  node_id: z.string().default(""),
  name: z.string(),
  full_name: z.string().default(""),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  language: z.string().nullish(),
  private: z.boolean().default(false),
  visibility: z.string().default(""),
  default_branch: z.string().default(""),
  html_url: z.string().default(""),
  ssh_url: z.string().default(""),
  git_url: z.string().default(""),
  svn_url: z.string().default(""),
  clone_url: z.string().default(""),
  archived: z.boolean().default(false),
  topics: z.array(z.string()).nullish(),
  security_and_analysis: z.record(z.string(), named).nullish(),
});

export type RepositoryAnswer = z.output<typeof repositoryAnswer>;

/** Settings with the same meaning and nearly the same name on both sides: sent whether declared or not. */
const flags = {
  hasIssues: "has_issues",
  hasDiscussions: "has_discussions",
  hasProjects: "has_projects",
  hasDownloads: "has_downloads",
  hasWiki: "has_wiki",
  isTemplate: "is_template",
  allowMergeCommit: "allow_merge_commit",
  allowSquashMerge: "allow_squash_merge",
  allowRebaseMerge: "allow_rebase_merge",
  allowAutoMerge: "allow_auto_merge",
  allowUpdateBranch: "allow_update_branch",
  deleteBranchOnMerge: "delete_branch_on_merge",
} as const satisfies Partial<Record<keyof RepositoryInputs, string>>;

const flagNames = Object.keys(flags) as (keyof typeof flags)[];

const mergeTexts = {
  mergeCommitTitle: "merge_commit_title",
  mergeCommitMessage: "merge_commit_message",
  squashMergeCommitTitle: "squash_merge_commit_title",
  squashMergeCommitMessage: "squash_merge_commit_message",
} as const satisfies Partial<Record<keyof RepositoryInputs, string>>;

/** What a repository would be seen as: `visibility`, else what `private` says, else public. */
export function visibilityOf(settings: Incomplete<RepositoryInputs>): string {
  return settings.visibility ?? (settings.private ? "private" : "public");
}

/** The body of PATCH /repos/{owner}/{repo}, without visibility, which is changed in a request of its own. */
export function settingsBody(settings: Incomplete<RepositoryInputs>): Record<string, unknown> {
  const isPublic = visibilityOf(settings) === "public";
  return defined({
    name: settings.name,
    description: settings.description ?? "",
    homepage: settings.homepageUrl ?? "",
    ...Object.fromEntries(flagNames.map((name) => [flags[name], settings[name] ?? false])),
    ...mergeBody(settings),
    allow_forking: isPublic ? undefined : settings.allowForking || undefined,
    web_commit_signoff_required: settings.webCommitSignoffRequired,
    auto_init: settings.autoInit ?? false,
    license_template: settings.licenseTemplate ?? "",
    gitignore_template: settings.gitignoreTemplate ?? "",
    archived: settings.archived ?? false,
    topics: settings.topics?.length ? settings.topics : undefined,
  });
}

/** The body of POST /orgs/{org}/repos: less than can be changed later. */
export function creationBody(settings: RepositoryInputs): Record<string, unknown> {
  const { archived: _archived, topics: _topics, has_downloads: _downloads, ...body } = settingsBody(settings);
  const visibility = visibilityOf(settings);
  return { ...body, private: visibility === "private", visibility };
}

/** Titles and messages are sent only with the merge method they belong to. */
function mergeBody(settings: Incomplete<RepositoryInputs>): Record<string, unknown> {
  return {
    ...(settings.allowMergeCommit && {
      merge_commit_title: settings.mergeCommitTitle,
      merge_commit_message: settings.mergeCommitMessage,
    }),
    ...(settings.allowSquashMerge && {
      squash_merge_commit_title: settings.squashMergeCommitTitle,
      squash_merge_commit_message: settings.squashMergeCommitMessage,
    }),
  };
}

/** `securityAndAnalysis` as the API takes it. */
export function securityBody(security: NonNullable<RepositoryInputs["securityAndAnalysis"]>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(security).map(([name, value]) => [snakeCase(name), value]));
}

function securityOf(answered: NonNullable<RepositoryAnswer["security_and_analysis"]>): Record<string, unknown> {
  const settings = Object.entries(answered).map(([name, { status }]) => [camelCase(name), { status }] as const);
  return Object.fromEntries(settings.filter(([name]) => name in securityAndAnalysis.shape));
}

/**
 * The outputs for an answer. What GitHub does not tell (autoInit, archiveOnDestroy, ...) is kept from `known`. Topics are
 * a set to the vendor's plugin, and come sorted.
 */
export function outputsOf(
  known: Incomplete<RepositoryOutputs>,
  repository: RepositoryAnswer,
  etag: string | undefined,
): RepositoryOutputs {
  const field = (name: string): unknown => repository[name];
  const settings = Object.entries(flags).map(([ours, theirs]) => [ours, field(theirs) === true]);
  const texts = Object.entries(mergeTexts).map(([ours, theirs]) => [ours, String(field(theirs) ?? "")]);
  return {
    ...known,
    // GitHub answers no merge settings for an archived repository.
    ...(repository.archived ? {} : Object.fromEntries([...settings, ...texts])),
    ...(!repository.archived && {
      allowForking: field("allow_forking") === true,
      webCommitSignoffRequired: field("web_commit_signoff_required") === true,
    }),
    name: repository.name,
    description: repository.description ?? "",
    homepageUrl: repository.homepage ?? "",
    primaryLanguage: repository.language ?? "",
    private: repository.private,
    visibility: repository.visibility,
    fullName: repository.full_name,
    defaultBranch: repository.default_branch,
    htmlUrl: repository.html_url,
    sshCloneUrl: repository.ssh_url,
    gitCloneUrl: repository.git_url,
    svnUrl: repository.svn_url,
    httpCloneUrl: repository.clone_url,
    archived: repository.archived,
    topics: [...(repository.topics ?? [])].sort(),
    nodeId: repository.node_id,
    repoId: repository.id,
    etag: etag ?? "",
    fork: "false",
    sourceOwner: "",
    sourceRepo: "",
    vulnerabilityAlerts: known.vulnerabilityAlerts ?? false,
    ...(repository.security_and_analysis && { securityAndAnalysis: securityOf(repository.security_and_analysis) }),
  } as RepositoryOutputs;
}
