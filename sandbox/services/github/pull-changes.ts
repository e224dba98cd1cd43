/** What a pull request changes, against the commit from which its branch started. */
import { structuredPatch } from "diff";
import type { TreeFile } from "./git-objects.ts";
import type { Github } from "./github.ts";
import { findBranch, findCommit, readBlob } from "./history.ts";
import { commonAncestor, reachable } from "./merge.ts";
import type { Commit } from "./model.ts";
import type { PullRequest } from "./pull-request.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

/** The sides of a pull request: as its branches are, or as they were when it was merged. */
export interface Sides {
  readonly base: Commit | undefined;
  readonly head: Commit | undefined;
}

/** The commits at both sides. */
export function sidesOf(github: Github, repository: Repository, { pull }: PullRequest): Sides {
  const merged = pull.mergeSha === null ? undefined : findCommit(github, repository, pull.mergeSha);
  const [baseSha, headSha] = merged ? merged.parents : [pull.base, pull.head].map(tipOf);
  const commit = (sha: string | undefined): Commit | undefined =>
    sha === undefined ? undefined : findCommit(github, repository, sha);
  return { base: commit(baseSha), head: commit(headSha) };

  function tipOf(branch: string): string | undefined {
    return findBranch(github, repository, branch)?.sha;
  }
}

/** The commits that it brings, oldest first. */
export function commitsOf(github: Github, repository: Repository, { base, head }: Sides): Commit[] {
  if (!head) return [];
  const known = new Set(base ? reachable(github, repository, base).map(({ sha }) => sha) : []);
  return reachable(github, repository, head)
    .filter(({ sha }) => !known.has(sha))
    .reverse();
}

/** The files that it changes (GET .../pulls/{number}/files); `patch` is absent for what is not text. */
export function changedFiles(github: Github, repository: Repository, { base, head }: Sides) {
  const before = (base && head && commonAncestor(github, repository, base, head)?.files) ?? {};
  const after = head?.files ?? {};
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => before[path]?.sha !== after[path]?.sha || before[path]?.mode !== after[path]?.mode)
    .map((path) => {
      const [old, now] = [before[path], after[path]];
      const encoded = encodeURI(path);
      const html = (kind: string): string =>
        github.urls.html(`/${repository.owner}/${repository.name}/${kind}/${head?.sha}/${encoded}`);
      const contents = `${repositoryPath(repository)}/contents/${encoded}?ref=${head?.sha}`;
      return {
        sha: (now ?? old)?.sha ?? null,
        filename: path,
        status: !old ? "added" : now ? "modified" : "removed",
        ...patchOf(textOf(github, repository, old), textOf(github, repository, now)),
        blob_url: html("blob"),
        raw_url: html("raw"),
        contents_url: github.urls.api(contents),
      };
    });
}

function patchOf(before: string | undefined, after: string | undefined) {
  if (before === undefined || after === undefined) return { additions: 0, deletions: 0, changes: 0 };
  const { hunks } = structuredPatch("a", "b", before, after, undefined, undefined, { context: 3 });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const additions = lines.filter((line) => line.startsWith("+")).length;
  const deletions = lines.filter((line) => line.startsWith("-")).length;
  const texts = hunks.map((hunk) =>
    [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines].join("\n"),
  );
  return { additions, deletions, changes: additions + deletions, ...(texts.length > 0 && { patch: texts.join("\n") }) };
}

/** A range of no lines stands behind the line before it ("diff": unified format). */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

/** A file's text, empty for one that is not there; undefined for what is not text. */
function textOf(github: Github, repository: Repository, file: TreeFile | undefined): string | undefined {
  if (!file) return "";
  if (file.mode === "160000") return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readBlob(github, repository, file.sha));
  } catch {
    return undefined;
  }
}
