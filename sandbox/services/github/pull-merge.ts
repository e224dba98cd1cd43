/** Merging a pull request, and what stands in its way. */
import { z } from "zod";
import { VendorError } from "../core/vendor-error.ts";
import { partKey } from "./data.ts";
import { conflict } from "./errors.ts";
import type { Github } from "./github.ts";
import { findBranch, setBranch, writeCommit } from "./history.ts";
import type { Account } from "./identity.ts";
import { changeIssue } from "./issues.ts";
import { mergeFiles } from "./merge.ts";
import { sidesOf } from "./pull-changes.ts";
import type { PullRequest } from "./pull-request.ts";
import { approvals } from "./pull-reviews.ts";
import type { Repository } from "./repository.ts";
import { type BranchChange, brokenRules, ruleViolations } from "./rule-enforcement.ts";

/** GitHub's page on it. */
export const MERGE_DOCS = "pulls/pulls#merge-a-pull-request";

/** What a request to merge may say. */
export const mergeBody = z.object({ commit_title: z.string().optional(), sha: z.string().optional() });

/**
 * Merges it with a merge commit, whose name it gives.
 * @throws VendorError 405 with every broken rule, or when it cannot be merged; 409 when its branch has moved.
 */
export function mergePull(
  github: Github,
  repository: Repository,
  pull: PullRequest,
  request: z.output<typeof mergeBody>,
  by: Account,
): string {
  const refuse = (message: string): VendorError =>
    new VendorError(405, { message, documentation_url: `https://docs.github.com/rest/${MERGE_DOCS}`, status: "405" });
  const { base, head } = sidesOf(github, repository, pull);
  if (pull.state !== "open" || !head || !base) throw refuse("Pull Request is not mergeable");
  if (request.sha !== undefined && request.sha !== head.sha) {
    throw conflict("Head branch was modified. Review and try the merge again.", MERGE_DOCS);
  }
  const violations = ruleViolations(github, repository, changeOf(github, repository, pull, head.sha, by));
  if (violations) throw refuse(violations);
  const files = mergeFiles(github, repository, base, head);
  if (!files) throw refuse("Pull Request is not mergeable");
  const title = `Merge pull request #${pull.number} from ${repository.owner}/${pull.pull.head}`;
  const commit = writeCommit(github, repository, {
    parents: [base.sha, head.sha],
    files,
    message: `${request.commit_title ?? title}\n\n${pull.title}`,
  });
  setBranch(github, repository, pull.pull.base, commit.sha);
  changeIssue(github, pull, { state: "closed", pull: { ...pull.pull, mergeSha: commit.sha } });
  if (repository.settings.delete_branch_on_merge) github.data.branches.delete(partKey(repository.id, pull.pull.head));
  return commit.sha;
}

/** Whether an open pull request can be merged, as GitHub words it, and the rules that keep a user from it. */
export function mergeability(github: Github, repository: Repository, pull: PullRequest, by?: Account) {
  const { base, head } = sidesOf(github, repository, pull);
  const isThere = findBranch(github, repository, pull.pull.head) !== undefined;
  if (pull.state !== "open" || !isThere || !base || !head) return { state: "unknown", broken: [] } as const;
  const broken = brokenRules(github, repository, changeOf(github, repository, pull, head.sha, by));
  if (!mergeFiles(github, repository, base, head)) return { state: "dirty", broken } as const;
  return { state: broken.length > 0 ? "blocked" : "clean", broken } as const;
}

function changeOf(
  github: Github,
  repository: Repository,
  pull: PullRequest,
  mergedHead: string,
  by: Account | undefined,
): BranchChange {
  return {
    branch: pull.pull.base,
    kind: "update",
    mergedHead,
    approvals: approvals(github, repository, pull),
    by,
  };
}
