/** What others than the CircleCI provider ask of CircleCI. */
import type { Ask } from "../ask.ts";

const FOLLOW = "/api/v1.1/project/github/acme/direct";
const PROJECT_PATH = "/api/v2/project/gh/acme/direct";
/** The same project, its slug as one part of the path: clients may escape it. */
const ESCAPED = "/api/v2/project/gh%2Facme%2Fdirect";

/** Makes the requests; leaves nothing. */
export async function circleciRequests(ask: Ask): Promise<void> {
  await ask("GET /api/v2/me", 200); // doctor
  const [organization] = await ask("GET /api/v2/me/collaborations", 200);
  await ask(`GET /api/v2/organization/${organization.id}`, 200);
  await ask(`POST ${FOLLOW}/follow`, 200);
  const { id } = await ask(`GET ${PROJECT_PATH}`, 200);
  for (const project of [PROJECT_PATH, ESCAPED]) await projectByTerraform(ask, project);
  await webhookByTerraform(ask, id);
  // The provider, where API v2 does not take this setting.
  await ask(`PUT /api/v1.1/project/gh/acme/direct/settings`, 200, { feature_flags: { oss: false } });
  await ask(`POST ${FOLLOW}/unfollow`, 200); // people
  await ask("GET /api/v1.1/projects", 200); // the provider, when an object seems to be gone
  await ask(`POST ${FOLLOW}/follow`, 200);
  await ask(`DELETE ${ESCAPED}`, 200);
}

async function projectByTerraform(ask: Ask, project: string): Promise<void> {
  await ask(`GET ${project}`, 200);
  await ask(`PATCH ${project}/settings`, 200, { advanced: { autocancel_builds: true } });
  await ask(`GET ${project}/settings`, 200);
  await ask(`POST ${project}/envvar`, 201, { name: "A", value: "the value" });
  await ask(`GET ${project}/envvar`, 200); // adopt
  await ask(`GET ${project}/envvar/A`, 200);
  await ask(`DELETE ${project}/envvar/A`, 200);
  const { fingerprint } = await ask(`POST ${project}/checkout-key`, 201, { type: "deploy-key" });
  const key = `${project}/checkout-key/${encodeURIComponent(fingerprint)}`;
  await ask(`GET ${project}/checkout-key`, 200);
  await ask(`GET ${key}`, 200);
  await ask(`DELETE ${key}`, 200);
}

async function webhookByTerraform(ask: Ask, projectId: string): Promise<void> {
  const { id } = await ask("POST /api/v2/webhook", 201, {
    name: "done",
    url: "https://example.com/hook",
    events: ["workflow-completed"],
    "verify-tls": true,
    "signing-secret": "a secret",
    scope: { id: projectId, type: "project" },
  });
  await ask(`GET /api/v2/webhook/${id}`, 200);
  await ask(`PUT /api/v2/webhook/${id}`, 200, { name: "ended" });
  await ask(`DELETE /api/v2/webhook/${id}`, 200);
}
