/** Creating and changing repositories, with the checks that GitHub makes. */
import type { z } from "zod";
import type { Github } from "./github.ts";
import { setBranch, writeBlob, writeCommit } from "./history.ts";
import type { Account } from "./identity.ts";
import {
  type createRepositoryBody,
  defaultSettings,
  type Repository,
  type RepositorySettings,
  type updateRepositoryBody,
} from "./repository.ts";
import { checkDefaultBranch, checkedName, checkedSecurity, checkMergeSettings } from "./repository-validation.ts";

type CreateRequest = z.output<typeof createRepositoryBody>;
type UpdateRequest = z.output<typeof updateRepositoryBody>;

const CREATE_DOCS = "repos/repos#create-an-organization-repository";
const UPDATE_DOCS = "repos/repos#update-a-repository";
/** Creates a repository; with `auto_init` it has a first commit and its default branch. */
export function createRepository(github: Github, owner: Account, request: CreateRequest): Repository {
  const { name, auto_init, private: isPrivate, visibility, gitignore_template, license_template, ...given } = request;
  const repositoryName = checkedName(github, owner.login, name, CREATE_DOCS);
  const now = github.now();
  const chosen = visibility ?? (isPrivate ? "private" : "public");
  const repository: Repository = {
    id: github.nextId(),
    owner: owner.login,
    name: repositoryName,
    formerNames: [],
    settings: { ...defaultSettings(chosen), ...withoutUndefined(given) },
    defaultBranch: "main",
    topics: [],
    vulnerabilityAlerts: false,
    automatedSecurityFixes: false,
    secretScanning: chosen === "public",
    secretScanningPushProtection: chosen === "public",
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
  };
  checkMergeSettings(repository.settings, CREATE_DOCS);
  github.data.repositories.put(String(repository.id), repository);
  if (auto_init) writeFirstCommit(github, repository);
  return repository;
}

function writeFirstCommit(github: Github, repository: Repository): void {
  const description = repository.settings.description ? `\n${repository.settings.description}\n` : "";
  const readme = writeBlob(github, repository, Buffer.from(`# ${repository.name}\n${description}`));
  const commit = writeCommit(github, repository, {
    parents: [],
    files: { "README.md": { sha: readme, mode: "100644" } },
    message: "Initial commit",
  });
  setBranch(github, repository, repository.defaultBranch, commit.sha);
}

/** Changes a repository's settings, name or default branch. */
export function updateRepository(github: Github, repository: Repository, request: UpdateRequest): Repository {
  const { name, default_branch, security_and_analysis, private: isPrivate, visibility, ...given } = request;
  const renamed = name !== undefined && name !== repository.name;
  const newName = renamed ? checkedName(github, repository.owner, name, UPDATE_DOCS, repository) : repository.name;
  if (default_branch !== undefined && default_branch !== repository.defaultBranch) {
    checkDefaultBranch(github, repository, default_branch, UPDATE_DOCS);
  }
  const privacy = isPrivate === undefined ? repository.settings.visibility : isPrivate ? "private" : "public";
  const settings: RepositorySettings = {
    ...repository.settings,
    ...withoutUndefined(given),
    visibility: visibility ?? privacy,
  };
  checkMergeSettings(settings, UPDATE_DOCS);
  const security = checkedSecurity(settings, security_and_analysis ?? {}, UPDATE_DOCS);
  const changed: Repository = {
    ...repository,
    name: newName,
    formerNames: renamed ? [...repository.formerNames, repository.name] : repository.formerNames,
    defaultBranch: default_branch ?? repository.defaultBranch,
    settings,
    ...security,
    updatedAt: github.now(),
  };
  return github.data.repositories.put(String(repository.id), changed);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
}
