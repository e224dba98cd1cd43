/** A repository's branches and commits. */
import { partKey } from "./data.ts";
import { blobSha, commitSha, type Files, type Signature, taggedCommit, treeSha } from "./git-objects.ts";
import type { Github } from "./github.ts";
import { noReplyEmail } from "./identity.ts";
import type { Branch, Commit } from "./model.ts";
import type { Repository } from "./repository.ts";

/** A new commit: the files that it has, and who made it. */
export interface CommitRequest {
  readonly parents: readonly string[];
  readonly files: Files;
  readonly message: string;
  readonly author?: Partial<Signature> | undefined;
  readonly committer?: Partial<Signature> | undefined;
}

export function findBranch(github: Github, repository: Repository, name: string): Branch | undefined {
  return github.data.branches.get(partKey(repository.id, name));
}

export function listBranches(github: Github, repository: Repository): Branch[] {
  return github.data.branches
    .list((branch) => branch.repositoryId === repository.id)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Points a branch at a commit, making it when it is new. */
export function setBranch(github: Github, repository: Repository, name: string, sha: string): void {
  github.data.branches.put(partKey(repository.id, name), { repositoryId: repository.id, name, sha });
  const pushedAt = github.now();
  github.data.repositories.put(String(repository.id), {
    ...(github.data.repositories.get(String(repository.id)) ?? repository),
    pushedAt,
    updatedAt: pushedAt,
  });
}

/** The first branch of an empty repository becomes its default branch. */
export function adoptFirstBranch(github: Github, repository: Repository, branch: string): void {
  const stored = github.data.repositories.get(String(repository.id));
  if (stored) github.data.repositories.put(String(repository.id), { ...stored, defaultBranch: branch });
}

export function findCommit(github: Github, repository: Repository, sha: string): Commit | undefined {
  return github.data.commits.get(partKey(repository.id, sha));
}

/** The commit that a name of a branch or tag, `heads/<branch>`, a full ref or a (shortened) sha means. */
export function resolveCommit(github: Github, repository: Repository, ref: string): Commit | undefined {
  const name = ref.replace(/^refs\//, "").replace(/^heads\//, "");
  const branch = findBranch(github, repository, name);
  if (branch) return findCommit(github, repository, branch.sha);
  const tag = github.data.tags.get(partKey(repository.id, name.replace(/^tags\//, "")));
  if (tag)
    return findCommit(
      github,
      repository,
      tag.raw === undefined ? tag.sha : taggedCommit(Buffer.from(tag.raw, "base64")),
    );
  if (!/^[0-9a-f]{7,40}$/.test(ref)) return undefined;
  return github.data.commits.find((commit) => commit.repositoryId === repository.id && commit.sha.startsWith(ref));
}

/** Stores a file's content and gives its name. */
export function writeBlob(github: Github, repository: Repository, content: Buffer): string {
  const sha = blobSha(content);
  const blob = { repositoryId: repository.id, sha, base64: content.toString("base64") };
  github.data.blobs.put(partKey(repository.id, sha), blob);
  return sha;
}

export function readBlob(github: Github, repository: Repository, sha: string): Buffer {
  const blob = github.data.blobs.get(partKey(repository.id, sha));
  if (!blob) throw new Error(`blob ${sha} of repository ${repository.id} is not stored`);
  return Buffer.from(blob.base64, "base64");
}

/** Stores a commit. Whoever is not named in the request is the token's user, now. */
export function writeCommit(github: Github, repository: Repository, request: CommitRequest): Commit {
  const { actor } = github.identity;
  const byDefault: Signature = { name: actor.login, email: noReplyEmail(actor), date: github.now() };
  const content = {
    tree: treeSha(request.files),
    parents: request.parents,
    author: { ...byDefault, ...request.committer, ...request.author },
    committer: { ...byDefault, ...request.committer },
    message: request.message,
  };
  const commit = { ...content, repositoryId: repository.id, sha: commitSha(content), files: request.files };
  return github.data.commits.put(partKey(repository.id, commit.sha), commit);
}

/** Commits that lead to the given one, newest first, along first parents. */
export function commitLog(github: Github, repository: Repository, from: Commit): Commit[] {
  const log: Commit[] = [];
  let current: Commit | undefined = from;
  while (current) {
    log.push(current);
    const [parent]: readonly string[] = current.parents;
    current = parent ? findCommit(github, repository, parent) : undefined;
  }
  return log;
}
