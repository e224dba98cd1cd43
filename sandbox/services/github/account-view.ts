/** Users and organizations as GitHub's REST API shows them. */
import type { Account } from "./identity.ts";
import { nodeId, type Urls } from "./urls.ts";

/** The short form that is part of other objects. */
export function simpleUser(account: Account, urls: Urls) {
  const url = urls.api(`/users/${account.login}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "User" ? "U" : "O", account.id),
    avatar_url: urls.html(`/avatars/u/${account.id}`),
    gravatar_id: "",
    url,
    html_url: urls.html(`/${account.login}`),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** GET /users/{username}. */
export function publicUser(account: Account, urls: Urls, publicRepositories: number) {
  return {
    ...simpleUser(account, urls),
    name: account.login,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: publicRepositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

/** GET /user. */
export function privateUser(account: Account, urls: Urls, publicRepositories: number, privateRepositories: number) {
  return {
    ...publicUser(account, urls, publicRepositories),
    user_view_type: "private",
    private_gists: 0,
    total_private_repos: privateRepositories,
    owned_private_repos: privateRepositories,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
    plan: { name: "free", space: 976_562_499, collaborators: 0, private_repos: 10_000 },
  };
}

/** GET /orgs/{org}. */
export function organizationView(
  account: Account,
  urls: Urls,
  publicRepositories: number,
  privateRepositories: number,
  plan: string,
) {
  const url = urls.api(`/orgs/${account.login}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("O", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: urls.html(`/avatars/u/${account.id}`),
    description: null,
    name: account.login,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: publicRepositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: urls.html(`/${account.login}`),
    created_at: account.createdAt,
    updated_at: account.createdAt,
    archived_at: null,
    type: account.type,
    total_private_repos: privateRepositories,
    owned_private_repos: privateRepositories,
    default_repository_permission: "read",
    members_can_create_repositories: true,
    two_factor_requirement_enabled: true,
    plan: { name: plan, space: 976_562_499, private_repos: 999_999, filled_seats: 2, seats: 10 },
  };
}

/** What of an organization a token without `admin:org` is shown. */
export function publicPartOf(view: ReturnType<typeof organizationView>) {
  const { plan, total_private_repos, owned_private_repos, two_factor_requirement_enabled, ...rest } = view;
  const { default_repository_permission, members_can_create_repositories, ...open } = rest;
  return open;
}
