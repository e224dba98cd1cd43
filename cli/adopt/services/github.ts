/** The repository on GitHub, its rules, and the files that a chain has there. */
import { posix } from "node:path";
import { z } from "zod";
import { HEADER } from "../../../infra/shared/circleci-config-yml.ts";
import { list, optional } from "../../../providers/kit/answer.ts";
import { githubClient } from "../../services/github.ts";
import type { GithubClient } from "../../services/github-client.ts";
import { renamedTo, repositoryPath } from "../../services/github-repository.ts";
import { type Around, absent, leftOut } from "../around.ts";
import { type Finding, nothing, type Setting } from "../finding.ts";
import { checksNote } from "./github-checks.ts";
import { findRuleset, REQUIRED_CHECKS } from "./github-ruleset.ts";

const FLAG = "--repository";
const PIPELINE = ".circleci/config.yml";
const PIPELINE_KEY = "repository.pipelineFile";

const security = optional(z.object({ status: optional(z.string()) }));
const repositoryAnswer = z.object({
  name: z.string(),
  full_name: z.string(),
  description: optional(z.string()),
  private: optional(z.boolean()),
  visibility: optional(z.string()),
  default_branch: z.string(),
  topics: list(z.string()),
  // GitHub tells these to administrators only.
  allow_squash_merge: optional(z.boolean()),
  allow_merge_commit: optional(z.boolean()),
  allow_rebase_merge: optional(z.boolean()),
  allow_auto_merge: optional(z.boolean()),
  delete_branch_on_merge: optional(z.boolean()),
  archived: optional(z.boolean()),
  security_and_analysis: optional(z.object({ secret_scanning: security, secret_scanning_push_protection: security })),
});
const fileAnswer = z.object({ content: optional(z.string()) });

type Repository = z.output<typeof repositoryAnswer>;

/** What the searches after this one need of the repository. */
export interface FoundRepository extends Finding {
  /** `owner/name` as GitHub spells it. */
  readonly fullName: string | undefined;
  /** The branch that CircleCI delivers from. */
  readonly defaultBranch: string | undefined;
  /** Content of the pipeline's file, when there is one. */
  readonly pipeline: string | undefined;
}

/** Finds it. Throws UserError when it is named and not there, or a choice is not clear. */
export async function findRepository(around: Around): Promise<FoundRepository> {
  const { given, names, env, signal } = around;
  const none = (reason: string): FoundRepository => ({
    ...nothing("repository", reason),
    fullName: undefined,
    defaultBranch: undefined,
    pipeline: undefined,
  });
  const reason = leftOut(around, "repository", given.repository);
  if (reason) return none(reason);
  if (!names.owner) return none("not looked for: nothing says who owns it (--repository owner/name)");

  const client = githubClient(env, {
    signal,
    baseUrl: around.configured("github:baseUrl") as string | undefined,
    permission: "read access to the repository's administration and contents",
  });
  const repository = await client.find(repositoryPath(names.owner, names.repository), repositoryAnswer);
  if (repository === undefined && given.repository) throw absent(`repository ${given.repository}`, FLAG);
  if (repository === undefined) return none(`there is no ${names.owner}/${names.repository}`);

  const { name, full_name: place, default_branch: branch } = repository;
  const [owner = names.owner] = place.split("/");
  const path = repositoryPath(owner, name);
  const dockerfilePath = posix.join(names.folder, "Dockerfile");
  const [alerts, pipeline, dockerfile, ruleset] = await Promise.all([
    // 204 when they are on, 404 when not ("Check if vulnerability alerts are enabled").
    client.has(`${path}/vulnerability-alerts`),
    textOf(client, `${path}/contents/${PIPELINE}`),
    textOf(client, `${path}/contents/${dockerfilePath}`),
    findRuleset(around, client, path, repository),
  ]);
  const files = filesOf(around, { pipeline, dockerfile });
  const isRequiring = ruleset.settings.some(({ key, value }) => key === REQUIRED_CHECKS && value !== undefined);
  const isTheirs = files.some(({ key, value }) => key === PIPELINE_KEY && value === "observed");
  const checks = isTheirs && !isRequiring ? [await checksNote(client, owner, name)] : [];
  return {
    place: `GitHub ${place}`,
    settings: [
      { key: "github:owner", value: owner },
      ...settingsOf(repository, names.application),
      { key: "repository.vulnerabilityAlerts", value: alerts ? undefined : false },
      ...ruleset.settings,
      ...files,
    ],
    ids: {
      repository: name,
      "repository-vulnerability-alerts": `${place.slice(0, place.lastIndexOf("/"))}:${name}`,
      ...ruleset.ids,
      ...(pipeline !== undefined && { "repository-pipeline-file": `${name}:${PIPELINE}:${branch}` }),
      ...(dockerfile !== undefined && { "repository-dockerfile": `${name}:${dockerfilePath}:${branch}` }),
    },
    masked: [],
    notes: [
      ...ruleset.notes,
      ...checks,
      ...renameNote(names.owner, names.repository, place),
      ...(repository.archived ? [`${place} is archived: GitHub refuses every change.`] : []),
    ],
    fullName: place,
    defaultBranch: branch,
    pipeline,
  };
}

function renameNote(owner: string, name: string, fullName: string): string[] {
  const { said, settings = {} } = renamedTo(owner, name, fullName) ?? {};
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${value}`);
  return said ? [`${said}; in the stack's file ${lines.join(" and ")} follows it.`] : [];
}

function settingsOf(found: Repository, application: string): Setting[] {
  const methods = [
    ...(found.allow_squash_merge ? ["squash"] : []),
    ...(found.allow_merge_commit ? ["merge"] : []),
    ...(found.allow_rebase_merge ? ["rebase"] : []),
  ];
  const visibility = found.visibility ?? (found.private === false ? "public" : "private");
  const { secret_scanning: scanning, secret_scanning_push_protection: protection } = found.security_and_analysis ?? {};
  const scans = scanning?.status === "enabled" && protection?.status === "enabled";
  return [
    { key: "repository.name", value: found.name === application ? undefined : found.name },
    { key: "repository.description", value: found.description || undefined },
    { key: "repository.visibility", value: visibility },
    { key: "repository.topics", value: found.topics.length > 0 ? found.topics : undefined },
    { key: "repository.mergeMethods", value: methods.length > 0 ? methods : undefined },
    { key: "repository.autoMerge", value: found.allow_auto_merge || undefined },
    { key: "repository.deleteBranchOnMerge", value: found.delete_branch_on_merge === false ? false : undefined },
    { key: "repository.secretScanning", value: scans || undefined },
  ];
}

/** Who writes a file is the team's choice: one that it has made stays, and a file of the chain's own tells that it was made. */
function filesOf(around: Around, files: { pipeline: string | undefined; dockerfile: string | undefined }): Setting[] {
  const chosen = (key: string, resource: string): boolean =>
    around.configured(key) !== undefined && around.isInState(resource);
  const kept = (key: string, content: string | undefined): Setting =>
    content === undefined
      ? { key, value: "off", note: "there is none" }
      : { key, value: "observed", note: "yours: compared, never written" };
  const isOurs = files.pipeline?.startsWith(HEADER) && around.isInState("repository-pipeline-file");
  const isSeeded = around.isInState("repository-dockerfile");
  return [
    ...(isOurs || chosen(PIPELINE_KEY, "repository-pipeline-file") ? [] : [kept(PIPELINE_KEY, files.pipeline)]),
    ...(isSeeded ? [] : [kept("repository.dockerfile", files.dockerfile)]),
  ];
}

async function textOf(client: GithubClient, path: string): Promise<string | undefined> {
  const found = await client.find(path, fileAnswer);
  return found?.content === undefined ? undefined : Buffer.from(found.content, "base64").toString("utf8");
}
