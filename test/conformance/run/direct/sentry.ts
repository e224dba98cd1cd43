/** What others than the plugin's resources that the chain declares ask of Sentry. */
import type { Ask } from "../ask.ts";

const API = "/api/0";

/** Makes the requests; leaves nothing. */
export async function sentryRequests(ask: Ask): Promise<void> {
  await ask(`GET ${API}/`, 200); // doctor
  await ask(`GET ${API}/internal/health/`, 200); // Terraform
  await ask(`GET ${API}/organizations/`, 200); // adopt
  await ask(`POST ${API}/organizations/acme/teams/`, 201, { name: "direct", slug: "direct" });
  await ask(`POST ${API}/teams/acme/direct/projects/`, 201, { name: "direct", slug: "direct" });
  await ask(`GET ${API}/organizations/acme/projects/`, 200); // adopt, doctor
  await release(ask);
  await ask(`DELETE ${API}/projects/acme/direct/`, 204);
  await ask(`DELETE ${API}/teams/acme/direct/`, 204);
}

/** A pipeline's release and deploy. */
async function release(ask: Ask): Promise<void> {
  const releases = `${API}/organizations/acme/releases/`;
  await ask(`POST ${releases}`, 201, { version: "0123abc", projects: ["direct"] });
  await ask(`POST ${releases}0123abc/deploys/`, 201, { environment: "production" });
}
