/** A pull request as GitHub's REST API shows it. */
import { simpleUser } from "./account-view.ts";
import type { Github } from "./github.ts";
import { issueView } from "./issue-view.ts";
import { changedFiles, commitsOf, sidesOf } from "./pull-changes.ts";
import { mergeability } from "./pull-merge.ts";
import type { PullRequest } from "./pull-request.ts";
import { showRepository } from "./repositories.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

/** GET .../pulls/{number}. */
export function pullView(github: Github, repository: Repository, pull: PullRequest) {
  const {
    pull_request: _pullRequest,
    state_reason: _reason,
    closed_by: _closedBy,
    ...issue
  } = issueView(github, repository, pull);
  const api = github.urls.api(repositoryPath(repository));
  const url = `${api}/pulls/${pull.number}`;
  const user = simpleUser(github.identity.actor, github.urls);
  const sides = sidesOf(github, repository, pull);
  const side = (ref: string, sha = "") => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user,
    repo: showRepository(github, repository),
  });
  const head = side(pull.pull.head, sides.head?.sha);
  const files = changedFiles(github, repository, sides);
  const { state } = mergeability(github, repository, pull);
  const canMerge = state === "clean" || state === "blocked";
  const merged = pull.pull.mergeSha !== null;
  const statusesUrl = `${api}/statuses/${head.sha}`;
  return {
    ...issue,
    url,
    issue_url: issue.url,
    diff_url: `${issue.html_url}.diff`,
    patch_url: `${issue.html_url}.patch`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    statuses_url: statusesUrl,
    head,
    base: side(pull.pull.base, sides.base?.sha),
    _links: {
      self: { href: url },
      html: { href: issue.html_url },
      issue: { href: issue.url },
      comments: { href: issue.comments_url },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statusesUrl },
    },
    auto_merge: null,
    draft: false,
    merged,
    mergeable: merged ? null : canMerge,
    rebaseable: merged ? null : canMerge,
    mergeable_state: state,
    merged_at: merged ? pull.closedAt : null,
    merged_by: merged ? user : null,
    merge_commit_sha: pull.pull.mergeSha,
    requested_reviewers: [],
    requested_teams: [],
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commitsOf(github, repository, sides).length,
    additions: files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: files.length,
  };
}
