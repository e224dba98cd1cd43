/** What others than the CircleCI provider ask of CircleCI. */
import type { Ask } from "../direct.ts";

const FOLLOW = "/api/v1.1/project/github/acme/direct";
const PROJECT = "/api/v2/project/gh/acme/direct";

/** Makes the requests; leaves nothing. */
export async function circleciRequests(ask: Ask): Promise<void> {
  await ask("GET /api/v2/me", 200); // doctor
  const [organization] = await ask("GET /api/v2/me/collaborations", 200);
  await ask(`GET /api/v2/organization/${organization.id}`, 200);
  await ask(`POST ${FOLLOW}/follow`, 200);
  const { id } = await ask(`GET ${PROJECT}`, 200);
  await settingsByTerraform(ask);
  await webhookByTerraform(ask, id);
  await ask(`POST ${FOLLOW}/unfollow`, 200); // people
}

async function settingsByTerraform(ask: Ask): Promise<void> {
  await ask(`POST ${PROJECT}/envvar`, 201, { name: "A", value: "the value" });
  await ask(`GET ${PROJECT}/envvar`, 200); // adopt
  await ask(`DELETE ${PROJECT}/envvar/A`, 200);
  const { fingerprint } = await ask(`POST ${PROJECT}/checkout-key`, 201, { type: "deploy-key" });
  await ask(`GET ${PROJECT}/checkout-key/${encodeURIComponent(fingerprint)}`, 200);
  await ask(`DELETE ${PROJECT}/checkout-key/${encodeURIComponent(fingerprint)}`, 200);
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
