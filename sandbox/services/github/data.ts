/** Everything the emulated GitHub remembers, by kind. */
import type { Collection, Store } from "../core/service.ts";
import type {
  ActionsSecret,
  Blob,
  Branch,
  Collaborator,
  Commit,
  CommitStatus,
  DeployKey,
  Environment,
  Hook,
  Issue,
  IssueComment,
  Label,
  RepositoryPart,
  Review,
  Tag,
} from "./model.ts";
import type { Repository } from "./repository.ts";
import type { Ruleset } from "./ruleset.ts";

/** The collections. */
export interface GithubData {
  readonly repositories: Collection<Repository>;
  readonly branches: Collection<Branch>;
  readonly tags: Collection<Tag>;
  readonly blobs: Collection<Blob>;
  readonly commits: Collection<Commit>;
  readonly statuses: Collection<CommitStatus>;
  readonly rulesets: Collection<Ruleset>;
  readonly issues: Collection<Issue>;
  readonly comments: Collection<IssueComment>;
  readonly reviews: Collection<Review>;
  readonly labels: Collection<Label>;
  readonly hooks: Collection<Hook>;
  readonly deployKeys: Collection<DeployKey>;
  readonly environments: Collection<Environment>;
  readonly secrets: Collection<ActionsSecret>;
  readonly collaborators: Collection<Collaborator>;
}

/** Opens the collections in a store. */
export function openData(store: Store): GithubData {
  return {
    repositories: store.collection("repository"),
    branches: store.collection("branch"),
    tags: store.collection("tag"),
    blobs: store.collection("blob"),
    commits: store.collection("commit"),
    statuses: store.collection("status"),
    rulesets: store.collection("ruleset"),
    issues: store.collection("issue"),
    comments: store.collection("comment"),
    reviews: store.collection("review"),
    labels: store.collection("label"),
    hooks: store.collection("hook"),
    deployKeys: store.collection("deploy-key"),
    environments: store.collection("environment"),
    secrets: store.collection("secret"),
    collaborators: store.collection("collaborator"),
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
  removeFrom(parts.tags, (tag) => tag.name);
  removeFrom(parts.blobs, (blob) => blob.sha);
  removeFrom(parts.commits, (commit) => commit.sha);
  removeFrom(parts.statuses, (status) => status.id);
  removeFrom(parts.rulesets, (ruleset) => ruleset.id);
  removeFrom(parts.issues, (issue) => issue.number);
  removeFrom(parts.comments, (comment) => comment.id);
  removeFrom(parts.reviews, (review) => review.id);
  removeFrom(parts.labels, (label) => label.name.toLowerCase());
  removeFrom(parts.hooks, (hook) => hook.id);
  removeFrom(parts.deployKeys, (key) => key.id);
  removeFrom(parts.environments, (environment) => environment.name);
  removeFrom(parts.secrets, (secret) => secret.name);
  removeFrom(parts.collaborators, (collaborator) => collaborator.login);
  repositories.delete(String(repository.id));
}
