/** Everything that the Render provider can be asked. */
import type { PropertyTree } from "../../../providers/kit/values.ts";
import type { ContainerRunner } from "../../../sandbox/services/core/service.ts";
import type { ScriptedRunner } from "../../../sandbox/services/render/scripted-runner.ts";
import { type Plugin, secret } from "../../providers/harness.ts";
import { type Exercise, exerciseAll, type Made, type OnCreated, refused } from "./exercise.ts";

const CREDENTIAL = "render:index:RegistryCredential";
const PROJECT = "render:index:Project";
const ENVIRONMENT = "render:index:Environment";
const POSTGRES = "render:index:Postgres";
const CUSTOM_DOMAIN = "render:index:CustomDomain";
const KEY_VALUE = "render:index:KeyValue";
const SERVICE = "render:index:WebService";
const PRIVATE = "render:index:PrivateService";
const WORKER = "render:index:BackgroundWorker";
const CRON = "render:index:CronJob";

/** Of a list: one more makes a second page. */
const PAGE_SIZE = 100;
const START_COMMAND = "gunicorn site.wsgi";
const DIGEST = `sha256:${"a".repeat(64)}`;

/** The resources of a workspace. */
export function renderExercises(ownerId: string): readonly Exercise[] {
  return [
    {
      token: CREDENTIAL,
      inputs: () => ({ name: "registry", ownerId, registry: "GITHUB", username: "acme", authToken: secret("first") }),
      changes: [() => ({ username: "acme-ci" }), () => ({ authToken: secret("second") }), () => ({ name: "ghcr" })],
      importIds: ({ id }) => [id, "ghcr"],
    },
    {
      token: PROJECT,
      inputs: () => ({ name: "site", ownerId, environments: [{ name: "production", protectedStatus: "protected" }] }),
      changes: [
        () => ({ name: "website" }),
        () => ({ environments: [{ name: "production", networkIsolationEnabled: true }, { name: "staging" }] }),
        () => ({ environments: [{ name: "production" }] }),
      ],
      importIds: ({ id }) => [id, "website"],
    },
    {
      token: ENVIRONMENT,
      inputs: (made) => ({ projectId: made(PROJECT).id, name: "review" }),
      changes: [
        () => ({ name: "preview" }),
        () => ({ protectedStatus: "protected" }),
        () => ({ networkIsolationEnabled: true }),
      ],
      importIds: ({ id }) => [id, "website/preview"],
    },
    {
      token: POSTGRES,
      inputs: (made) => ({
        name: "shop",
        ownerId,
        plan: "pro_4gb",
        version: "16",
        region: "oregon",
        environmentId: made(ENVIRONMENT).id,
        databaseName: "shop",
        databaseUser: "shopkeeper",
        parameterOverrides: { max_connections: "100", work_mem: "4MB" },
      }),
      changes: [
        () => ({ name: "store" }),
        () => ({ plan: "pro_8gb", highAvailability: true }),
        () => ({ diskSizeGB: 100 }),
        () => ({ ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }] }),
        () => ({ parameterOverrides: { max_connections: "200", shared_buffers: "1GB" } }),
        () => ({ readReplicas: [{ name: "reports", parameterOverrides: { statement_timeout: "30000" } }] }),
      ],
      importIds: ({ id }) => [id, "store"],
    },
    {
      token: KEY_VALUE,
      inputs: (made) => ({
        name: "cache",
        ownerId,
        plan: "starter",
        region: "oregon",
        environmentId: made(ENVIRONMENT).id,
        maxmemoryPolicy: "allkeys_lfu",
        persistenceMode: "journal_snapshot",
      }),
      changes: [
        () => ({ name: "queue" }),
        () => ({ plan: "standard" }),
        () => ({ maxmemoryPolicy: "noeviction", persistenceMode: "snapshot" }),
        () => ({ ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }] }),
        () => ({ environmentId: undefined }),
      ],
      importIds: ({ id }) => [id, "queue"],
    },
    {
      token: SERVICE,
      inputs: () => service(ownerId),
      changes: serviceChanges,
      importIds: ({ id }) => [id, "www"],
    },
    {
      token: PRIVATE,
      inputs: () => ({ ...service(ownerId), name: "search" }),
      changes: runningChanges,
      importIds: ({ id }) => [id, "search"],
    },
    {
      token: WORKER,
      inputs: () => ({ ...service(ownerId), name: "worker", startCommand: START_COMMAND }),
      changes: runningChanges,
      importIds: ({ id }) => [id, "worker"],
    },
    {
      token: CRON,
      inputs: () => ({ ...service(ownerId), name: "cleanup", schedule: "0 3 * * *" }),
      changes: [...sharedChanges, () => ({ schedule: "*/10 * * * *" })],
      importIds: ({ id }) => [id, "cleanup"],
    },
    {
      token: CUSTOM_DOMAIN,
      inputs: (made) => ({ serviceId: made(SERVICE).id, name: "shop.example.com" }),
      changes: [],
      importIds: ({ id }) => [id, "www/shop.example.com"],
    },
  ];
}

function service(ownerId: string): PropertyTree {
  return { name: "site", ownerId, image: "ghcr.io/acme/site:1", region: "frankfurt", plan: "starter" };
}

/** What the other types have in common with a web service. */
const sharedChanges: readonly ((made: Made) => PropertyTree)[] = [
  (made) => ({ registryCredentialId: made(CREDENTIAL).id }),
  () => ({ image: "ghcr.io/acme/site:2", plan: "standard" }),
  () => ({ environmentVariables: { A: "1" }, generatedVariables: ["SALT"], secretFiles: { "a.pem": secret("key") } }),
  () => ({ startCommand: START_COMMAND }),
  (made) => ({ environmentId: made(ENVIRONMENT).id }),
  () => ({ imageManagement: "external" }),
];

/** And those that run all the time. */
const runningChanges: readonly ((made: Made) => PropertyTree)[] = [
  ...sharedChanges,
  () => ({ preDeployCommand: "python manage.py migrate", maxShutdownDelaySeconds: 60 }),
  () => ({ numInstances: 2 }),
  () => ({ numInstances: undefined, autoscaling: { min: 1, max: 3, cpu: 60 } }),
  () => ({ autoscaling: undefined, numInstances: 1, disk: { name: "data", mountPath: "/data", sizeGB: 1 } }),
  () => ({ imageManagement: "declared", waitForDeploy: false }),
];

const serviceChanges: readonly ((made: Made) => PropertyTree)[] = [
  () => ({ name: "www" }),
  (made) => ({ registryCredentialId: made(CREDENTIAL).id }),
  () => ({ image: "ghcr.io/acme/site:2" }),
  () => ({ image: `ghcr.io/acme/site@${DIGEST}` }),
  () => ({ plan: "standard" }),
  () => ({ numInstances: 3 }),
  () => ({ numInstances: undefined, autoscaling: { min: 1, max: 3, cpu: 60 } }),
  () => ({ autoscaling: undefined, numInstances: 1, disk: { name: "media", mountPath: "/var/media" } }),
  () => ({ disk: { name: "media", mountPath: "/media", sizeGB: 2 } }),
  () => ({ environmentVariables: { A: "1", B: secret("b-secret") } }),
  () => ({ environmentVariables: { A: "2" }, generatedVariables: ["SALT"] }),
  () => ({ secretFiles: { "a.pem": secret("key material"), "b.pem": secret("more") } }),
  () => ({ secretFiles: { "a.pem": secret("other key material") } }),
  () => ({ healthCheckPath: "/healthz/" }),
  () => ({ preDeployCommand: "python manage.py migrate" }),
  () => ({ startCommand: START_COMMAND }),
  () => ({ maxShutdownDelaySeconds: 60 }),
  () => ({ renderSubdomainPolicy: "disabled" }),
  () => ({ maintenanceMode: { enabled: true, uri: "" } }),
  () => ({ maintenanceMode: { enabled: false, uri: "" }, customDomains: ["www.example.com", "example.org"] }),
  () => ({ customDomains: ["www.example.com"] }),
  (made) => ({ environmentId: made(ENVIRONMENT).id }),
  () => ({ imageManagement: "external" }),
  () => ({ imageManagement: "declared", waitForDeploy: false }),
];

/** A runner for which the start command serves; the scripted one takes every command for a job that ends. */
export function runnerForRender(runner: ScriptedRunner): ContainerRunner {
  return {
    ...runner,
    start({ command, ...request }) {
      return runner.start(command === START_COMMAND ? request : { ...request, ...(command && { command }) });
    },
  };
}

/** Leads all resources through their lives, calls all functions, and has deploys and creates fail. */
export async function exerciseRender(plugin: Plugin, onCreated: OnCreated, runner: ScriptedRunner): Promise<void> {
  const { result: owner } = await plugin.invoke("render:index:getOwner", {});
  const ownerId = String(owner["id"]);
  for (const args of [{ id: ownerId }, { name: "acme" }, { email: owner["email"] as string }]) {
    await plugin.invoke("render:index:getOwner", args);
  }
  await exerciseAll(plugin, renderExercises(ownerId), onCreated);

  const environmentVariables = Object.fromEntries(
    Array.from({ length: PAGE_SIZE + 1 }, (_, number) => [`VARIABLE_${number}`, `${number}`]),
  );
  const site = {
    name: "site",
    ownerId,
    image: "ghcr.io/acme/site:1",
    region: "frankfurt",
    plan: "starter",
    environmentVariables,
  };
  const service = await plugin.create(SERVICE, site);
  for (const args of [{ id: service.id }, { name: "site", ownerId }]) {
    await plugin.invoke("render:index:getService", args);
  }
  await refused(plugin.create(SERVICE, site));
  runner.script(/:absent$/, "unpullable");
  await refused(plugin.update(SERVICE, service, { ...site, image: "ghcr.io/acme/site:absent" }));
  runner.script(/:broken$/, "crashes");
  await refused(plugin.update(SERVICE, service, { ...site, image: "ghcr.io/acme/site:broken" }));
  await plugin.delete(SERVICE, service);
}
