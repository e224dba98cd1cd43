/** What others than the Render provider ask of Render. */
import type { Ask } from "../ask.ts";

const IMAGE = "ghcr.io/acme/direct";
const CRITERIA = { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 60 } };

/** Makes the requests; leaves nothing. */
export async function renderRequests(ask: Ask): Promise<void> {
  await ask("GET /v1/users", 200); // doctor
  const [{ owner }] = await ask("GET /v1/owners", 200);
  const ownerId: string = owner.id;
  await ask(`GET /v1/notification-settings/owners/${ownerId}`, 200); // Terraform

  const [service, deployId] = await serviceByTerraform(ask, ownerId);
  const path = `/v1/services/${service}`;
  await untilEnded(ask, `${path}/deploys/${deployId}`);
  await serviceByPeople(ask, path, deployId);
  await overlappingDeploys(ask, path);
  await neverListening(ask, ownerId);
  await disks(ask, ownerId);
  await cronJob(ask, ownerId);
  await environment(ask, ownerId, service);
  await environmentGroup(ask, ownerId, service);
  await databases(ask, ownerId);
  await keyValueStores(ask, ownerId);
  await ask(`DELETE ${path}`, 204);
}

/** Terraform's web service: everything that a service can be made with, and what is read of it. */
async function serviceByTerraform(ask: Ask, ownerId: string): Promise<[service: string, deployId: string]> {
  const { service, deployId } = await ask("POST /v1/services", 201, {
    type: "web_service",
    name: "direct",
    ownerId,
    image: { ownerId: "", imagePath: `${IMAGE}:1` },
    envVars: null,
    secretFiles: null,
    serviceDetails: {
      runtime: "image",
      plan: "starter",
      region: "oregon",
      healthCheckPath: "",
      preDeployCommand: "migrate",
      maxShutdownDelaySeconds: 60,
      autoscaling: { enabled: true, min: 1, max: 2, criteria: CRITERIA },
      ipAllowList: [{ cidrBlock: "10.0.0.0/8", description: "office" }],
    },
  });
  const path = `/v1/services/${service.id}`;
  await ask(`POST ${path}/scale`, 202, { numInstances: 2 });
  await ask(`DELETE ${path}/autoscaling`, 204);
  await ask(`PUT ${path}/autoscaling`, 200, { enabled: false, min: 1, max: 3, criteria: CRITERIA });
  await ask(`POST ${path}/scale`, 202, { numInstances: 2 });
  await ask(`PATCH ${path}`, 200, { serviceDetails: { preDeployCommand: "" } });
  await ask(`PUT ${path}/env-vars`, 200, [{ key: "A", value: "1" }]);
  await ask(`PUT ${path}/env-vars`, 200, null);
  await ask(`PUT ${path}/secret-files`, 200, [{ name: "a.pem", content: "key material" }]);
  await ask(`PUT ${path}/secret-files`, 200, null);
  const overrides = `/v1/notification-settings/overrides/services/${service.id}`;
  await ask(`GET ${overrides}`, 200);
  await ask(`PATCH ${overrides}`, 200, { notificationsToSend: "failure" });
  await ask(`GET /v1/logs/streams/resource/${service.id}`, 404);
  return [service.id, deployId];
}

/** What people do in the dashboard, or by another program. */
async function serviceByPeople(ask: Ask, path: string, deployId: string): Promise<void> {
  await ask(`PUT ${path}/env-vars/A`, 200, { value: "1" });
  await ask(`GET ${path}/env-vars/A`, 200);
  await ask(`PUT ${path}/secret-files/a.pem`, 201, { content: "key material" });
  await ask(`GET ${path}/secret-files/a.pem`, 200);
  const [domain] = await ask(`POST ${path}/custom-domains`, 201, { name: "direct.example.com" });
  await ask(`POST ${path}/custom-domains/${domain.name}/verify`, 202);
  await ask(`GET ${path}/custom-domains/${domain.id}`, 200);
  await ask(`DELETE ${path}/custom-domains/${domain.id}`, 204);
  await ask(`POST ${path}/suspend`, 202);
  await ask(`GET ${path}`, 200);
  await ask(`POST ${path}/resume`, 202);
  const [{ deploy: resumed }] = await ask(`GET ${path}/deploys`, 200);
  await untilEnded(ask, `${path}/deploys/${resumed.id}`);
  const back = await ask(`POST ${path}/rollback`, 201, { deployId });
  await untilEnded(ask, `${path}/deploys/${back.id}`);
}

/** A deploy waits for one that does not come to serve, until that one is canceled. */
async function overlappingDeploys(ask: Ask, path: string): Promise<void> {
  await ask(`PATCH ${path}`, 200, { serviceDetails: { healthCheckPath: "/healthz/" } });
  const { id } = await ask(`POST ${path}/deploys`, 201, { imageUrl: `${IMAGE}:unhealthy` });
  await ask(`POST ${path}/deploys`, 202, { imageUrl: `${IMAGE}:2` });
  await ask(`POST ${path}/deploys/${id}/cancel`, 200);
}

/** A service whose image cannot be had: it never comes to listen. */
async function neverListening(ask: Ask, ownerId: string): Promise<void> {
  const { service, deployId } = await ask("POST /v1/services", 201, {
    type: "web_service",
    name: "absent",
    ownerId,
    image: { ownerId, imagePath: `${IMAGE}:absent` },
    serviceDetails: { runtime: "image", plan: "starter" },
  });
  const path = `/v1/services/${service.id}`;
  await untilEnded(ask, `${path}/deploys/${deployId}`);
  await ask("GET /v1/services?name=absent", 200);
  await ask(`GET ${path}`, 200);
  await ask(`PATCH ${path}`, 200, { name: "absent" });
  await ask(`DELETE ${path}`, 204);
}

/** A disk from its service's start, in place of which another one is made. */
async function disks(ask: Ask, ownerId: string): Promise<void> {
  const { service, deployId } = await ask("POST /v1/services", 201, {
    type: "web_service",
    name: "keeper",
    ownerId,
    image: { ownerId, imagePath: `${IMAGE}:1` },
    serviceDetails: {
      ...{ runtime: "image", plan: "starter", region: "oregon" },
      disk: { name: "data", mountPath: "/data", sizeGB: 1 },
    },
  });
  await untilEnded(ask, `/v1/services/${service.id}/deploys/${deployId}`);
  const { id } = service.serviceDetails.disk;
  await ask(`GET /v1/disks?serviceId=${service.id}`, 200);
  await ask(`PATCH /v1/disks/${id}`, 200, { name: "files", mountPath: "/files", sizeGB: 2 });
  await ask(`GET /v1/disks/${id}`, 200);
  await ask(`DELETE /v1/disks/${id}`, 204);
  const other = { name: "other", mountPath: "/data", sizeGB: 1, serviceId: service.id };
  await ask("POST /v1/disks", 201, other);
  await ask(`DELETE /v1/services/${service.id}`, 204);
}

/** Terraform's cron job, and runs by hand. */
async function cronJob(ask: Ask, ownerId: string): Promise<void> {
  const { service } = await ask("POST /v1/services", 201, {
    type: "cron_job",
    name: "cleanup",
    ownerId,
    image: { ownerId: "", imagePath: `${IMAGE}:1` },
    envVars: null,
    secretFiles: null,
    serviceDetails: { runtime: "image", plan: "starter", region: "oregon", schedule: "0 0 * * *" },
  });
  const path = `/v1/services/${service.id}`;
  await ask(`POST ${path}/deploys`, 201, {});
  await ask(`POST /v1/cron-jobs/${service.id}/runs`, 200);
  while (!(await ask(`GET ${path}`, 200)).serviceDetails.lastSuccessfulRunAt);
  await ask(`POST /v1/cron-jobs/${service.id}/runs`, 200);
  await ask(`DELETE /v1/cron-jobs/${service.id}/runs`, 204);
  await ask(`GET ${path}/events`, 200);
  await ask(`PUT ${path}/env-vars`, 200, [{ key: "A", value: "1" }]);
  await ask(`PUT ${path}/secret-files`, 200, [{ name: "a.pem", content: "key material" }]);
  await ask(`GET /v1/notification-settings/overrides/services/${service.id}`, 200);
  await ask(`GET /v1/logs/streams/resource/${service.id}`, 404);
  await ask(`DELETE ${path}`, 204);
}

async function environment(ask: Ask, ownerId: string, service: string): Promise<void> {
  const project = await ask("POST /v1/projects", 201, {
    name: "direct",
    ownerId,
    environments: [{ name: "production" }],
  });
  const path = `/v1/environments/${project.environmentIds[0]}`;
  await ask(`GET ${path}`, 200);
  await ask(`GET /v1/environments?projectId=${project.id}`, 200);
  await ask(`POST ${path}/resources`, 201, { resourceIds: [service] });
  await ask(`PATCH ${path}`, 200, { name: "production" });
  await ask(`DELETE ${path}/resources?resourceIds=${service}`, 204);
  await ask(`DELETE ${path}/resources?resourceIds=${service}`, 204);
  await ask(`DELETE /v1/projects/${project.id}`, 204);
}

/** Terraform's environment group and its link to a service. */
async function environmentGroup(ask: Ask, ownerId: string, service: string): Promise<void> {
  const envVars = [
    { key: "A", value: "1" },
    { key: "B", generateValue: true },
  ];
  const secretFiles = [{ name: "a.pem", content: "key material" }];
  const { id } = await ask("POST /v1/env-groups", 201, { name: "direct", ownerId, envVars, secretFiles });
  const linked = { name: "linked", ownerId, envVars, serviceIds: [service] };
  const other = await ask("POST /v1/env-groups", 201, linked);
  await ask(`PUT /v1/env-groups/${other.id}/env-vars/C`, 200, { value: "3" });
  await ask(`GET /v1/env-groups/${other.id}`, 200);
  await ask(`DELETE /v1/env-groups/${other.id}`, 204);
  const path = `/v1/env-groups/${id}`;
  await ask(`PATCH ${path}`, 200, { name: "shared" });
  await ask(`PUT ${path}/env-vars/C`, 200, { value: "3" });
  await ask(`DELETE ${path}/env-vars/C`, 204);
  await ask(`PUT ${path}/secret-files/b.pem`, 200, { content: "more" });
  await ask(`DELETE ${path}/secret-files/b.pem`, 204);
  await ask(`GET ${path}`, 200);
  await ask(`POST ${path}/services/${service}`, 200);
  await ask(`DELETE ${path}/services/${service}`, 204);
  await ask(`DELETE ${path}`, 204);
}

/** Terraform's key value store. */
async function keyValueStores(ask: Ask, ownerId: string): Promise<void> {
  const { id } = await ask("POST /v1/key-value", 201, {
    name: "direct",
    ownerId,
    plan: "free",
    region: "oregon",
    maxmemoryPolicy: "allkeys_lru",
    ipAllowList: [],
  });
  const path = `/v1/key-value/${id}`;
  await ask(`PATCH ${path}`, 200, { name: "direct", plan: "starter", maxmemoryPolicy: "noeviction", ipAllowList: [] });
  await ask("GET /v1/key-value?name=direct", 200);
  await ask(`GET ${path}`, 200);
  await ask(`GET ${path}/connection-info`, 200);
  await ask(`DELETE ${path}`, 204);
}

/** Terraform's database, and what people do with one. */
async function databases(ask: Ask, ownerId: string): Promise<void> {
  const { id, readReplicas } = await ask("POST /v1/postgres", 201, {
    name: "direct",
    ownerId,
    plan: "pro_4gb",
    version: "16",
    region: "oregon",
    databaseName: "",
    databaseUser: "",
    enableHighAvailability: false,
    ipAllowList: [],
    readReplicas: [{ name: "reports" }],
  });
  const path = `/v1/postgres/${id}`;
  await ask(`PATCH ${path}`, 200, { name: "direct", readReplicas: null, enableHighAvailability: true });
  await ask("GET /v1/postgres?includeReplicas=true", 200);
  await ask(`GET /v1/postgres/${readReplicas[0].id}`, 200);
  const free = await ask("POST /v1/postgres", 201, { name: "free", ownerId, plan: "free", version: "16" });
  await ask(`DELETE /v1/postgres/${free.id}`, 204);
  await ask(`POST ${path}/restart`, 202);
  await ask(`POST ${path}/failover`, 202);
  await ask(`POST ${path}/export`, 202);
  await ask(`GET ${path}/export`, 200);
  const { startsAt } = await ask(`GET ${path}/recovery`, 200);
  const copy = await ask(`POST ${path}/recovery`, 200, { restoreTime: startsAt });
  await ask(`DELETE /v1/postgres/${copy.id}`, 204);
  await ask(`POST ${path}/suspend`, 202);
  await ask(`GET ${path}`, 200);
  await ask(`POST ${path}/resume`, 202);
  await ask(`DELETE ${path}`, 204);
}

async function untilEnded(ask: Ask, deploy: string): Promise<void> {
  while (/created|queued|_in_progress/.test((await ask(`GET ${deploy}`, 200)).status));
}
