/** What others than the plugin's resources that the chain declares ask of GitHub. */
import type { Ask } from "../ask.ts";

const REPOSITORY = "/api/v3/repos/acme/direct";
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ECEo5Rl1tYHaIFdFqCW2bO5N1Y1XyF0mGqpe7g8aE";

/** Makes the requests; leaves nothing. */
export async function githubRequests(ask: Ask): Promise<void> {
  for (const path of ["user", "users/acme", "user/memberships/orgs/acme", "rate_limit"]) {
    await ask(`GET /api/v3/${path}`, 200); // doctor
  }
  for (const path of ["orgs/acme/repos", "user/repos"]) await ask(`GET /api/v3/${path}?per_page=100`, 200); // drift
  await ask("POST /api/v3/user/repos", 201, { name: "own" }); // the plugin, for a user's account
  await ask("DELETE /api/v3/repos/acme-ops/own", 204);

  await ask("POST /api/v3/orgs/acme/repos", 201, { name: "direct", auto_init: true });
  const commit = await pullRequest(ask);
  await publish(ask, commit);
  await driftIssue(ask);
  await otherResources(ask);
  await ask(`DELETE ${REPOSITORY}`, 204);
}

/** A change as people and `git push` make it; gives its newest commit. */
async function pullRequest(ask: Ask): Promise<string> {
  const { object } = await ask(`GET ${REPOSITORY}/git/ref/heads/main`, 200);
  await ask(`POST ${REPOSITORY}/git/refs`, 201, { ref: "refs/heads/change", sha: object.sha });
  const file = { message: "Change", content: "YQ==", branch: "change" };
  const { commit } = await ask(`PUT ${REPOSITORY}/contents/change.txt`, 201, file);
  await ask(`PATCH ${REPOSITORY}/git/refs/heads/change`, 200, { sha: commit.sha });
  await ask(`POST ${REPOSITORY}/pulls`, 201, { title: "Change", head: "change", base: "main" });
  return commit.sha;
}

/** `delivery publish`: the comment, label and status of a pull request; then its merge. */
async function publish(ask: Ask, commit: string): Promise<void> {
  await ask(`GET ${REPOSITORY}/pulls/1`, 200);
  await ask(`GET ${REPOSITORY}/commits/${commit}/pulls?per_page=100`, 200);
  const { id } = await ask(`POST ${REPOSITORY}/issues/1/comments`, 201, { body: "A plan" });
  await ask(`GET ${REPOSITORY}/issues/1/comments?per_page=100`, 200);
  await ask(`PATCH ${REPOSITORY}/issues/comments/${id}`, 200, { body: "A newer plan" });
  await ask(`DELETE ${REPOSITORY}/issues/comments/${id}`, 204);
  await ask(`GET ${REPOSITORY}/labels/changes`, 404);
  await ask(`POST ${REPOSITORY}/labels`, 201, { name: "changes", color: "0e8a16", description: "Changes something" });
  await ask(`GET ${REPOSITORY}/labels/changes`, 200);
  await ask(`POST ${REPOSITORY}/issues/1/labels`, 200, { labels: ["changes"] });
  await ask(`GET ${REPOSITORY}/issues/1/labels?per_page=100`, 200);
  await ask(`DELETE ${REPOSITORY}/issues/1/labels/changes`, 200);
  const status = { state: "success", context: "delivery", description: "1 change", target_url: "https://example.com" };
  await ask(`POST ${REPOSITORY}/statuses/${commit}`, 201, status);
  await ask(`GET ${REPOSITORY}/commits/${commit}/status`, 200);
  await ask(`GET ${REPOSITORY}/commits/${commit}/statuses`, 200);
  await ask(`GET ${REPOSITORY}/commits/${commit}/check-runs`, 200);
  await ask(`GET ${REPOSITORY}/pulls/1/files`, 200);
  await ask(`POST ${REPOSITORY}/pulls/1/reviews`, 200, { event: "COMMENT", body: "Looks good" });
  await ask(`GET ${REPOSITORY}/pulls/1/reviews`, 200);
  await ask(`PUT ${REPOSITORY}/pulls/1/merge`, 200, {});
  await ask(`DELETE ${REPOSITORY}/git/refs/heads/change`, 204);
}

/** `delivery drift`: one issue, edited and closed. */
async function driftIssue(ask: Ask): Promise<void> {
  const issue = { title: "Drift", body: "Something was changed", labels: ["drift"] };
  const { number } = await ask(`POST ${REPOSITORY}/issues`, 201, issue);
  await ask(`GET ${REPOSITORY}/issues?labels=drift&state=open&per_page=100`, 200);
  await ask(`PATCH ${REPOSITORY}/issues/${number}`, 200, { body: "More was changed" });
  await ask(`PATCH ${REPOSITORY}/issues/${number}`, 200, { state: "closed" });
  await ask(`GET ${REPOSITORY}/issues/${number}`, 200);
}

/** Resources of the plugin that the chain does not declare, and that a program may add. */
async function otherResources(ask: Ask): Promise<void> {
  const hook = { config: { url: "https://example.com/hook", content_type: "json" }, events: ["push"], active: true };
  const { id: hookId } = await ask(`POST ${REPOSITORY}/hooks`, 201, { name: "web", ...hook });
  await ask(`GET ${REPOSITORY}/hooks?per_page=100`, 200); // doctor
  await ask(`GET ${REPOSITORY}/hooks/${hookId}`, 200);
  await ask(`PATCH ${REPOSITORY}/hooks/${hookId}`, 200, hook);
  await ask(`DELETE ${REPOSITORY}/hooks/${hookId}`, 204);

  const { id: keyId } = await ask(`POST ${REPOSITORY}/keys`, 201, { key: KEY, title: "CI", read_only: true });
  await ask(`GET ${REPOSITORY}/keys/${keyId}`, 200);
  await ask(`DELETE ${REPOSITORY}/keys/${keyId}`, 204);

  const environment = `${REPOSITORY}/environments/production`;
  await ask(`PUT ${environment}`, 200, { wait_timer: 5 });
  await ask(`GET ${environment}`, 200);
  await ask(`DELETE ${environment}`, 204);

  const secrets = `${REPOSITORY}/actions/secrets`;
  const { key_id } = await ask(`GET ${secrets}/public-key`, 200);
  await ask(`PUT ${secrets}/DEPLOY`, 201, { encrypted_value: "c2VhbGVk", key_id });
  await ask(`GET ${secrets}/DEPLOY`, 200);
  await ask(`DELETE ${secrets}/DEPLOY`, 204);

  const collaborator = `${REPOSITORY}/collaborators/acme-dev`;
  await ask(`PUT ${collaborator}`, 204, { permission: "push" });
  await ask(`GET ${REPOSITORY}/invitations`, 200);
  await ask(`GET ${REPOSITORY}/collaborators`, 200);
  await ask(`GET ${collaborator}`, 204);
  await ask(`DELETE ${collaborator}`, 204);

  await ask(`PUT ${REPOSITORY}/vulnerability-alerts`, 204);
  await ask(`PUT ${REPOSITORY}/automated-security-fixes`, 204);
  await ask(`GET ${REPOSITORY}/automated-security-fixes`, 200);
  await ask(`DELETE ${REPOSITORY}/automated-security-fixes`, 204);
}
