/** A repository as GitHub's REST API shows it to an administrator. */
import { simpleUser } from "./account-view.ts";
import type { Account } from "./identity.ts";
import type { Repository } from "./repository.ts";
import { nodeId, type Urls } from "./urls.ts";

/** Endpoints of a repository that its JSON lists, with their URI templates. */
const LINKS: Readonly<Record<string, string>> = {
  forks_url: "/forks",
  keys_url: "/keys{/key_id}",
  collaborators_url: "/collaborators{/collaborator}",
  teams_url: "/teams",
  hooks_url: "/hooks",
  issue_events_url: "/issues/events{/number}",
  events_url: "/events",
  assignees_url: "/assignees{/user}",
  branches_url: "/branches{/branch}",
  tags_url: "/tags",
  blobs_url: "/git/blobs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  git_refs_url: "/git/refs{/sha}",
  trees_url: "/git/trees{/sha}",
  statuses_url: "/statuses/{sha}",
  languages_url: "/languages",
  stargazers_url: "/stargazers",
  contributors_url: "/contributors",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  commits_url: "/commits{/sha}",
  git_commits_url: "/git/commits{/sha}",
  comments_url: "/comments{/number}",
  issue_comment_url: "/issues/comments{/number}",
  contents_url: "/contents/{+path}",
  compare_url: "/compare/{base}...{head}",
  merges_url: "/merges",
  archive_url: "/{archive_format}{/ref}",
  downloads_url: "/downloads",
  issues_url: "/issues{/number}",
  pulls_url: "/pulls{/number}",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  labels_url: "/labels{/name}",
  releases_url: "/releases{/id}",
  deployments_url: "/deployments",
};

/** Path of a repository in the REST API. */
export function repositoryPath(repository: Repository): string {
  return `/repos/${repository.owner}/${repository.name}`;
}

/** GET /repos/{owner}/{repo}. */
export function repositoryView(repository: Repository, owner: Account, openIssues: number, urls: Urls) {
  const fullName = `${repository.owner}/${repository.name}`;
  const url = urls.api(repositoryPath(repository));
  const html = urls.html(`/${fullName}`);
  const links = Object.fromEntries(Object.entries(LINKS).map(([name, path]) => [name, `${url}${path}`]));
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName,
    private: repository.settings.visibility !== "public",
    owner: simpleUser(owner, urls),
    ...(owner.type === "Organization" && { organization: simpleUser(owner, urls) }),
    html_url: html,
    fork: false,
    url,
    ...links,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `git://${urls.host}/${fullName}.git`,
    ssh_url: `git@${urls.host.split(":")[0]}:${fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_pages: false,
    forks_count: 0,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    topics: repository.topics,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
    permissions: { admin: true, maintain: true, push: true, triage: true, pull: true },
    temp_clone_token: "",
    custom_properties: {},
    network_count: 0,
    subscribers_count: 0,
    ...repository.settings,
    use_squash_pr_title_as_default: repository.settings.squash_merge_commit_title === "PR_TITLE",
    security_and_analysis: securityView(repository),
  };
}

function securityView(repository: Repository) {
  const status = (enabled: boolean) => ({ status: enabled ? "enabled" : "disabled" });
  return {
    secret_scanning: status(repository.secretScanning),
    secret_scanning_push_protection: status(repository.secretScanningPushProtection),
    dependabot_security_updates: status(repository.automatedSecurityFixes),
    secret_scanning_non_provider_patterns: status(false),
    secret_scanning_validity_checks: status(false),
  };
}
