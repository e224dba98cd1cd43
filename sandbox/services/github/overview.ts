/** What the emulated GitHub has, for people to look at. */
import { type ObjectGroup, objectGroup, type ShownObject } from "../core/overview.ts";
import { partKey } from "./data.ts";
import type { Github } from "./github.ts";
import type { Commit, Issue } from "./model.ts";
import type { Repository } from "./repository.ts";
import type { Ruleset } from "./ruleset.ts";

/** The kinds worth showing, the newest objects of each. */
export function githubOverview(github: Github): ObjectGroup[] {
  const { repositories, rulesets, commits, issues } = github.data;
  return [
    objectGroup("Repositories", repositories.list(), showRepository),
    objectGroup("Rulesets", rulesets.list(), (ruleset) => showRuleset(github, ruleset)),
    objectGroup("Commits", commits.list(), (commit) => showCommit(github, commit)),
    objectGroup(
      "Pull requests",
      issues.list((issue) => issue.pull !== undefined),
      showPullRequest,
    ),
  ];
}

function showRepository(repository: Repository): ShownObject {
  return {
    id: String(repository.id),
    name: `${repository.owner}/${repository.name}`,
    detail: `${repository.settings.visibility}, default branch ${repository.defaultBranch}`,
    ...(repository.settings.archived && { status: { text: "archived", tone: "quiet" } }),
    time: repository.createdAt,
  };
}

function showRuleset(github: Github, ruleset: Ruleset): ShownObject {
  const repository = github.data.repositories.get(String(ruleset.repositoryId));
  const rules = `${ruleset.rules.length} ${ruleset.rules.length === 1 ? "rule" : "rules"}`;
  return {
    id: String(ruleset.id),
    name: ruleset.name,
    detail: repository ? `${rules} on ${repository.name}` : rules,
    status: { text: ruleset.enforcement, tone: ruleset.enforcement === "active" ? "good" : "quiet" },
    time: ruleset.updatedAt,
  };
}

function showCommit(github: Github, commit: Commit): ShownObject {
  const paths = changedPaths(github, commit);
  const [first] = paths;
  const changed = paths.length === 1 ? first : `${paths.length} files`;
  return {
    id: `${commit.repositoryId}/${commit.sha}`,
    name: commit.message.split("\n", 1)[0] ?? "",
    detail: `${commit.sha.slice(0, 7)}, ${changed}`,
    time: commit.committer.date,
  };
}

/** Files that the commit added, changed or removed against its first parent. */
function changedPaths(github: Github, commit: Commit): string[] {
  const [parent] = commit.parents;
  const before = (parent && github.data.commits.get(partKey(commit.repositoryId, parent))?.files) || {};
  const paths = new Set([...Object.keys(before), ...Object.keys(commit.files)]);
  return [...paths].filter((path) => {
    const [old, now] = [before[path], commit.files[path]];
    return old?.sha !== now?.sha || old?.mode !== now?.mode;
  });
}

function showPullRequest(issue: Issue): ShownObject {
  const merged = Boolean(issue.pull?.mergeSha);
  return {
    id: String(issue.id),
    name: `#${issue.number} ${issue.title}`,
    ...(issue.pull && { detail: `${issue.pull.head} into ${issue.pull.base}` }),
    status: { text: merged ? "merged" : issue.state, tone: issue.state === "open" ? "good" : "quiet" },
    time: issue.updatedAt,
  };
}
