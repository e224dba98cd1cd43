/** Commits and branches as GitHub's REST API shows them. */
import { simpleUser } from "./account-view.ts";
import type { Github } from "./github.ts";
import { findCommit } from "./history.ts";
import type { Branch, Commit } from "./model.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { isProtected } from "./rule-enforcement.ts";
import { nodeId } from "./urls.ts";

/** The API sees no signatures: nothing here is signed. */
const UNVERIFIED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

function links(github: Github, repository: Repository, sha: string) {
  return {
    url: github.urls.api(`${repositoryPath(repository)}/commits/${sha}`),
    html_url: github.urls.html(`/${repository.owner}/${repository.name}/commit/${sha}`),
  };
}

/** The `git` form: what the commit object itself says. */
export function gitCommitView(github: Github, repository: Repository, commit: Commit) {
  const gitUrl = (kind: string, sha: string): string =>
    github.urls.api(`${repositoryPath(repository)}/git/${kind}/${sha}`);
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: gitUrl("commits", commit.sha),
    html_url: links(github, repository, commit.sha).html_url,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: gitUrl("trees", commit.tree) },
    parents: commit.parents.map((sha) => ({
      sha,
      url: gitUrl("commits", sha),
      html_url: links(github, repository, sha).html_url,
    })),
    verification: UNVERIFIED,
  };
}

/** A commit in lists and branches. */
export function commitView(github: Github, repository: Repository, commit: Commit) {
  const { url, html_url } = links(github, repository, commit.sha);
  const git = gitCommitView(github, repository, commit);
  const user = simpleUser(github.identity.actor, github.urls);
  return {
    sha: commit.sha,
    node_id: git.node_id,
    commit: {
      author: git.author,
      committer: git.committer,
      message: git.message,
      tree: git.tree,
      url: git.url,
      comment_count: 0,
      verification: git.verification,
    },
    url,
    html_url,
    comments_url: `${url}/comments`,
    author: user,
    committer: user,
    parents: commit.parents.map((sha) => ({ sha, ...links(github, repository, sha) })),
  };
}

/** One commit by itself, with what it changed against its first parent. */
export function commitDetailView(github: Github, repository: Repository, commit: Commit) {
  const [parent] = commit.parents;
  const before = parent ? (findCommit(github, repository, parent)?.files ?? {}) : {};
  const paths = [...new Set([...Object.keys(before), ...Object.keys(commit.files)])].sort();
  const files = paths
    .filter((path) => before[path]?.sha !== commit.files[path]?.sha)
    .map((path) => ({
      sha: (commit.files[path] ?? before[path])?.sha,
      filename: path,
      status: before[path] ? (commit.files[path] ? "modified" : "removed") : "added",
      additions: 0,
      deletions: 0,
      changes: 0,
      blob_url: github.urls.html(`/${repository.owner}/${repository.name}/blob/${commit.sha}/${encodeURI(path)}`),
      raw_url: github.urls.html(`/${repository.owner}/${repository.name}/raw/${commit.sha}/${encodeURI(path)}`),
      contents_url: github.urls.api(`${repositoryPath(repository)}/contents/${encodeURI(path)}?ref=${commit.sha}`),
    }));
  return {
    ...commitView(github, repository, commit),
    stats: { additions: 0, deletions: 0, total: 0 },
    files,
  };
}

/** A branch in a list. */
export function shortBranchView(github: Github, repository: Repository, branch: Branch) {
  return {
    name: branch.name,
    commit: {
      sha: branch.sha,
      url: github.urls.api(`${repositoryPath(repository)}/commits/${branch.sha}`),
    },
    protected: isProtected(github, repository, branch),
  };
}

/** One branch by itself. */
export function branchView(github: Github, repository: Repository, branch: Branch, commit: Commit) {
  const self = github.urls.api(`${repositoryPath(repository)}/branches/${branch.name}`);
  return {
    name: branch.name,
    commit: commitView(github, repository, commit),
    _links: { self, html: github.urls.html(`/${repository.owner}/${repository.name}/tree/${branch.name}`) },
    protected: isProtected(github, repository, branch),
    protection: {
      enabled: false,
      required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
    },
    protection_url: `${self}/protection`,
  };
}
