/** Issues and comments as GitHub's REST API shows them. */
import { simpleUser } from "./account-view.ts";
import type { Github } from "./github.ts";
import { labelsOf } from "./labels.ts";
import type { Issue, IssueComment } from "./model.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { nodeId } from "./urls.ts";

/** GET .../issues/{number}. */
export function issueView(github: Github, repository: Repository, issue: Issue) {
  const api = github.urls.api(repositoryPath(repository));
  const url = `${api}/issues/${issue.number}`;
  const kind = issue.pull ? "pull" : "issues";
  const html = github.urls.html(`/${repository.owner}/${repository.name}/${kind}/${issue.number}`);
  const comments = github.data.comments.list(
    (comment) => comment.repositoryId === repository.id && comment.issueNumber === issue.number,
  );
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: nodeId(issue.pull ? "PR" : "I", issue.id),
    number: issue.number,
    title: issue.title,
    user: simpleUser(github.identity.find(issue.author) ?? github.identity.actor, github.urls),
    labels: labelsOf(github, repository, issue.labels),
    state: issue.state,
    state_reason: issue.state === "closed" && !issue.pull ? "completed" : null,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: "MEMBER",
    body: issue.body,
    closed_by: null,
    ...(issue.pull && {
      pull_request: { url: `${api}/pulls/${issue.number}`, html_url: html, diff_url: null, patch_url: null },
    }),
  };
}

/** A comment. */
export function commentView(github: Github, repository: Repository, comment: IssueComment) {
  const api = github.urls.api(repositoryPath(repository));
  const html = github.urls.html(`/${repository.owner}/${repository.name}/issues/${comment.issueNumber}`);
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${html}#issuecomment-${comment.id}`,
    body: comment.body,
    user: simpleUser(github.identity.find(comment.author) ?? github.identity.actor, github.urls),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    issue_url: `${api}/issues/${comment.issueNumber}`,
    author_association: "MEMBER",
    performed_via_github_app: null,
  };
}
