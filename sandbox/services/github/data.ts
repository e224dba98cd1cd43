/** Everything the emulated GitHub remembers, by kind. */
import type { Collection, Store } from "../core/service.ts";
import type { Files, Signature } from "./git-objects.ts";
import type { Repository } from "./repository.ts";
import type { Ruleset } from "./ruleset.ts";

/** Part of a repository; deleted with it. */
export interface RepositoryPart {
  readonly repositoryId: number;
}

/** A branch and the commit that it points at. */
export interface Branch extends RepositoryPart {
  readonly name: string;
  readonly sha: string;
}

/** A file's content. */
export interface Blob extends RepositoryPart {
  readonly sha: string;
  readonly base64: string;
}

/** A commit with all its files. */
export interface Commit extends RepositoryPart {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  readonly files: Files;
}

/** A status that a CI service set on a commit. */
export interface CommitStatus extends RepositoryPart {
  readonly id: number;
  readonly sha: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: string;
}

/** An issue; a pull request is one with branches. */
export interface Issue extends RepositoryPart {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  readonly pull?: { readonly head: string; readonly base: string; readonly mergeSha: string | null };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
}

/** A comment on an issue or a pull request. */
export interface IssueComment extends RepositoryPart {
  readonly id: number;
  readonly issueNumber: number;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A label of a repository. */
export interface Label extends RepositoryPart {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** A webhook of a repository. */
export interface Hook extends RepositoryPart {
  readonly id: number;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly config: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A deploy key of a repository. */
export interface DeployKey extends RepositoryPart {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly readOnly: boolean;
  readonly createdAt: string;
}

/** A deployment environment. */
export interface Environment extends RepositoryPart {
  readonly id: number;
  readonly name: string;
  readonly waitTimer: number;
  readonly preventSelfReview: boolean;
  readonly branchPolicy: { readonly protected_branches: boolean; readonly custom_branch_policies: boolean } | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The collections. */
export interface GithubData {
  readonly repositories: Collection<Repository>;
  readonly branches: Collection<Branch>;
  readonly blobs: Collection<Blob>;
  readonly commits: Collection<Commit>;
  readonly statuses: Collection<CommitStatus>;
  readonly rulesets: Collection<Ruleset>;
  readonly issues: Collection<Issue>;
  readonly comments: Collection<IssueComment>;
  readonly labels: Collection<Label>;
  readonly hooks: Collection<Hook>;
  readonly deployKeys: Collection<DeployKey>;
  readonly environments: Collection<Environment>;
}

/** Opens the collections in a store. */
export function openData(store: Store): GithubData {
  return {
    repositories: store.collection("repository"),
    branches: store.collection("branch"),
    blobs: store.collection("blob"),
    commits: store.collection("commit"),
    statuses: store.collection("status"),
    rulesets: store.collection("ruleset"),
    issues: store.collection("issue"),
    comments: store.collection("comment"),
    labels: store.collection("label"),
    hooks: store.collection("hook"),
    deployKeys: store.collection("deploy-key"),
    environments: store.collection("environment"),
  };
}

/** Key of a part: unique among the parts of its kind. */
export function partKey(repositoryId: number, name: string | number): string {
  return `${repositoryId}/${name}`;
}

/** Forgets a repository and all that belongs to it. */
export function deleteRepository(data: GithubData, repository: Repository): void {
  const { repositories, ...parts } = data;
  const removeFrom = <T extends RepositoryPart>(parts: Collection<T>, key: (part: T) => string | number): void => {
    for (const part of parts.list((part) => part.repositoryId === repository.id)) {
      parts.delete(partKey(repository.id, key(part)));
    }
  };
  removeFrom(parts.branches, (branch) => branch.name);
  removeFrom(parts.blobs, (blob) => blob.sha);
  removeFrom(parts.commits, (commit) => commit.sha);
  removeFrom(parts.statuses, (status) => status.id);
  removeFrom(parts.rulesets, (ruleset) => ruleset.id);
  removeFrom(parts.issues, (issue) => issue.number);
  removeFrom(parts.comments, (comment) => comment.id);
  removeFrom(parts.labels, (label) => label.name.toLowerCase());
  removeFrom(parts.hooks, (hook) => hook.id);
  removeFrom(parts.deployKeys, (key) => key.id);
  removeFrom(parts.environments, (environment) => environment.name);
  repositories.delete(String(repository.id));
}
