/** Merging two commits, file by file. */

import type { Files, TreeFile } from "./git-objects.ts";
import type { Github } from "./github.ts";
import { findCommit } from "./history.ts";
import type { Commit } from "./model.ts";
import type { Repository } from "./repository.ts";

/** The files of a merge of `head` into `base`; undefined when both changed the same file differently. */
export function mergeFiles(github: Github, repository: Repository, base: Commit, head: Commit): Files | undefined {
  const common = commonAncestor(github, repository, base, head)?.files ?? {};
  const merged: Record<string, TreeFile> = {};
  for (const path of new Set([...Object.keys(base.files), ...Object.keys(head.files)])) {
    const [before, ours, theirs] = [common[path], base.files[path], head.files[path]];
    const weChanged = ours?.sha !== before?.sha;
    const theyChanged = theirs?.sha !== before?.sha;
    if (weChanged && theyChanged && ours?.sha !== theirs?.sha) return undefined;
    const result = theyChanged ? theirs : ours;
    if (result) merged[path] = result;
  }
  return merged;
}

/** The newest commit that leads to both. */
export function commonAncestor(github: Github, repository: Repository, base: Commit, head: Commit): Commit | undefined {
  const ancestors = new Set(reachable(github, repository, base).map((commit) => commit.sha));
  return reachable(github, repository, head).find((commit) => ancestors.has(commit.sha));
}

/** All commits that lead to one, breadth first, itself first. */
export function reachable(github: Github, repository: Repository, from: Commit): Commit[] {
  const found = new Map<string, Commit>([[from.sha, from]]);
  for (const commit of found.values()) {
    for (const sha of commit.parents) {
      const parent = found.has(sha) ? undefined : findCommit(github, repository, sha);
      if (parent) found.set(sha, parent);
    }
  }
  return [...found.values()];
}
