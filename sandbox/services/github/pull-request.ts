/** Pull requests, and which of them have a commit. */
import { notFound } from "./errors.ts";
import type { Github } from "./github.ts";
import { findBranch, findCommit } from "./history.ts";
import { findIssue } from "./issues.ts";
import { reachable } from "./merge.ts";
import type { Commit, Issue } from "./model.ts";
import type { Repository } from "./repository.ts";

/** An issue that is a pull request. */
export type PullRequest = Issue & { readonly pull: NonNullable<Issue["pull"]> };

/** The one of a number. Refuses with 404. */
export function findPull(github: Github, repository: Repository, number: string): PullRequest {
  const { pull, ...issue } = findIssue(github, repository, number);
  if (!pull) throw notFound("pulls/pulls#get-a-pull-request");
  return { ...issue, pull };
}

/** All of a repository, oldest first. */
export function allPulls(github: Github, repository: Repository): PullRequest[] {
  return github.data.issues
    .list((issue) => issue.repositoryId === repository.id)
    .filter((issue): issue is PullRequest => issue.pull !== undefined);
}

/**
 * For a commit of the default branch the merged pull requests that brought it, else all that have it.
 * Source: GitHub, "List pull requests associated with a commit".
 */
export function pullsWithCommit(github: Github, repository: Repository, { sha }: Commit): PullRequest[] {
  const leadsTo = (tip: string | undefined): boolean => {
    const commit = tip === undefined ? undefined : findCommit(github, repository, tip);
    return commit !== undefined && reachable(github, repository, commit).some((one) => one.sha === sha);
  };
  const tipOf = (branch: string): string | undefined => findBranch(github, repository, branch)?.sha;
  const isMerged = leadsTo(tipOf(repository.defaultBranch));
  return allPulls(github, repository).filter(({ pull }) => {
    if (pull.mergeSha === null) return !isMerged && leadsTo(tipOf(pull.head)) && !leadsTo(tipOf(pull.base));
    const [before] = findCommit(github, repository, pull.mergeSha)?.parents ?? [];
    return leadsTo(pull.mergeSha) && !leadsTo(before);
  });
}
