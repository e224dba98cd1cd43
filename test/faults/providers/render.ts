/** Render's resources in the table of faults. */
import { fileURLToPath } from "node:url";
import { secret } from "../../providers/harness.ts";
import {
  BACKGROUND_WORKER,
  CREDENTIAL,
  CRON_JOB,
  CUSTOM_DOMAIN,
  ENVIRONMENT,
  KEY_VALUE,
  POSTGRES,
  PRIVATE_SERVICE,
  PROJECT,
  type RenderWorld,
  startRenderWorld,
  WEB_SERVICE,
} from "../../providers/render-world.ts";
import type { FaultWorld, Subject } from "./table.ts";

const LAUNCHER = [process.execPath, fileURLToPath(new URL("impatient-render.ts", import.meta.url))];

/** A world whose requests are counted since its last reset. */
export interface TableWorld extends FaultWorld, Pick<RenderWorld, "ownerId" | "site" | "api"> {}

/** Starts one. `stop` must be called. */
export async function startTableWorld(): Promise<TableWorld> {
  const world: RenderWorld = await startRenderWorld({}, LAUNCHER);
  let asked: string[] = [];
  return {
    ...world,
    async requests() {
      asked = [...asked, ...(await world.requests())];
      return asked;
    },
    async reset() {
      await world.reset();
      asked = [];
    },
  };
}

const withEnvironments = async ({ api, ownerId }: TableWorld): Promise<{ projectId: string; ids: string[] }> => {
  const environments = [{ name: "production" }, { name: "staging" }];
  const project = await api("POST", "/projects", { name: "shop", ownerId, environments });
  const found = await api("GET", `/environments?projectId=${project.id}`);
  return { projectId: project.id, ids: found.map((item: { environment: { id: string } }) => item.environment.id) };
};

/** Every resource, with an update that touches all that an update can. */
export const renderSubjects: readonly Subject<TableWorld>[] = [
  {
    name: "RegistryCredential",
    token: CREDENTIAL,
    prepare: async ({ ownerId }) => ({
      name: "hub",
      ownerId,
      registry: "DOCKER",
      username: "acme",
      authToken: secret("t0ken-one"),
    }),
    changes: { username: "acme-bot", authToken: secret("t0ken-two") },
    counted: "registryCredentials",
  },
  {
    name: "Project",
    token: PROJECT,
    prepare: async ({ ownerId }) => ({
      name: "shop",
      ownerId,
      environments: [{ name: "production" }, { name: "staging" }],
    }),
    changes: {
      name: "store",
      environments: [{ name: "production", protectedStatus: "protected" }, { name: "review" }],
    },
    counted: "projects",
  },
  {
    name: "Environment",
    token: ENVIRONMENT,
    prepare: async (world) => ({ name: "review", projectId: (await withEnvironments(world)).projectId }),
    changes: { name: "preview", networkIsolationEnabled: true },
    counted: "environments",
  },
  {
    name: "Postgres",
    token: POSTGRES,
    prepare: async (world) => ({
      name: "shop",
      ownerId: world.ownerId,
      region: "frankfurt",
      plan: "basic_1gb",
      version: "16",
      environmentId: (await withEnvironments(world)).ids[0],
      parameterOverrides: { max_connections: "100" },
      readReplicas: [{ name: "reports" }],
    }),
    changes: {
      name: "store",
      environmentId: undefined,
      plan: "pro_4gb",
      diskSizeGB: 20,
      highAvailability: true,
      ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }],
      parameterOverrides: { work_mem: "4MB" },
      readReplicas: [{ name: "statistics" }],
    },
    counted: "postgres",
  },
  {
    name: "KeyValue",
    token: KEY_VALUE,
    prepare: async (world) => ({
      name: "shop",
      ownerId: world.ownerId,
      region: "frankfurt",
      plan: "starter",
      environmentId: (await withEnvironments(world)).ids[0],
    }),
    changes: {
      name: "store",
      environmentId: undefined,
      plan: "standard",
      maxmemoryPolicy: "noeviction",
      persistenceMode: "snapshot",
      ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }],
    },
    counted: "keyValues",
  },
  {
    name: "WebService",
    token: WEB_SERVICE,
    prepare: async (world) =>
      world.site({
        environmentId: (await withEnvironments(world)).ids[0],
        environmentVariables: { A: "1", OLD: "x" },
        secretFiles: { "old.pem": "k3y-material" },
        customDomains: ["a.example.com"],
        disk: { name: "media", mountPath: "/var/media", sizeGB: 1 },
      }),
    changes: {
      environmentId: undefined,
      image: "ghcr.io/acme/site:2",
      plan: "standard",
      disk: { name: "files", mountPath: "/data", sizeGB: 5 },
      environmentVariables: { A: "2" },
      generatedVariables: ["SECRET_KEY"],
      secretFiles: { "new.pem": "k3y-material" },
      customDomains: ["b.example.com"],
    },
    counted: "services",
  },
  {
    name: "CustomDomain",
    token: CUSTOM_DOMAIN,
    prepare: async ({ api, ownerId }) => {
      const image = { imagePath: "ghcr.io/acme/site:1", ownerId };
      const details = { runtime: "image", plan: "starter", region: "frankfurt" };
      const body = { type: "web_service", name: "site", ownerId, image, serviceDetails: details };
      const { service } = await api("POST", "/services", body);
      return { serviceId: service.id, name: "shop.example.com" };
    },
    counted: "customDomains",
  },
  {
    name: "PrivateService",
    token: PRIVATE_SERVICE,
    prepare: async ({ site }) => site({ preDeployCommand: "migrate" }),
    changes: { disk: { name: "index", mountPath: "/data", sizeGB: 1 }, preDeployCommand: undefined },
    counted: "services",
  },
  {
    name: "BackgroundWorker",
    token: BACKGROUND_WORKER,
    prepare: async ({ site }) => site({ startCommand: "work", autoscaling: { min: 1, max: 2, cpu: 60 } }),
    changes: {
      image: "ghcr.io/acme/site:2",
      startCommand: "work harder",
      environmentVariables: { A: "1" },
      autoscaling: undefined,
      numInstances: 2,
    },
    counted: "services",
  },
  {
    name: "CronJob",
    token: CRON_JOB,
    prepare: async ({ site }) => site({ startCommand: "clean", schedule: "0 3 * * *" }),
    changes: {
      image: "ghcr.io/acme/site:2",
      schedule: "*/10 * * * *",
      secretFiles: { "a.pem": "k3y-material" },
    },
    counted: "services",
  },
];
