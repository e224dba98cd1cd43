/** The parts of Render's answers that the provider reads ("Render Public API"); other fields are ignored. */
import { z } from "zod";

/** A workspace: a team, or a user's own. */
export const owner = z.object({ id: z.string(), name: z.string(), email: z.string(), type: z.string() });

/** A registry credential. Its token is never answered. */
export const registryCredential = z.object({
  id: z.string(),
  name: z.string(),
  registry: z.string(),
  username: z.string(),
  updatedAt: z.string(),
});

const maintenanceMode = z.object({ enabled: z.boolean(), uri: z.string().default("") });

/** How a web service runs. The commands are answered under `envSpecificDetails`, though they are sent elsewhere. */
export const webServiceDetails = z.object({
  plan: z.string(),
  region: z.string(),
  numInstances: z.number(),
  healthCheckPath: z.string().default(""),
  url: z.string().default(""),
  maxShutdownDelaySeconds: z.number().optional(),
  maintenanceMode: maintenanceMode.optional(),
  envSpecificDetails: z
    .object({ dockerCommand: z.string().optional(), preDeployCommand: z.string().optional() })
    .optional(),
});

/** A service of any type. */
export const service = z.object({
  id: z.string(),
  name: z.string(),
  ownerId: z.string(),
  type: z.string(),
  slug: z.string(),
  dashboardUrl: z.string(),
  environmentId: z.string().optional(),
  imagePath: z.string().optional(),
  registryCredential: z.object({ id: z.string() }).optional(),
  suspended: z.enum(["suspended", "not_suspended"]),
  suspenders: z.array(z.string()),
  updatedAt: z.string(),
  serviceDetails: z.unknown(),
});

/** A web service that runs an image. */
export const webService = service.extend({ imagePath: z.string(), serviceDetails: webServiceDetails });

/** Every status of a deploy. */
export const deployStatus = z.enum([
  "created",
  "queued",
  "build_in_progress",
  "pre_deploy_in_progress",
  "update_in_progress",
  "live",
  "deactivated",
  "build_failed",
  "pre_deploy_failed",
  "update_failed",
  "canceled",
]);

/** A deploy of a service. */
export const deploy = z.object({
  id: z.string(),
  status: deployStatus,
  trigger: z.string().optional(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  image: z.object({ ref: z.string().optional(), sha: z.string().optional() }).optional(),
});

/** Answer to the creation of a service. */
export const createdService = z.object({ service: webService, deployId: z.string().optional() });

/** An environment variable set on a service. */
export const environmentVariable = z.object({ key: z.string(), value: z.string() });

/** A secret file of a service. */
export const secretFile = z.object({ name: z.string(), content: z.string() });

/** A custom domain. `redirectForName` is set on one that Render added by itself, `www` for an apex or the reverse. */
export const customDomain = z.object({
  id: z.string(),
  name: z.string(),
  verificationStatus: z.string(),
  redirectForName: z.string().default(""),
});

/** A page of log lines. */
export const logPage = z.object({ logs: z.array(z.object({ message: z.string(), timestamp: z.string() })) });

/** Why an instance did not come to serve. */
export const instanceFailure = z.object({
  nonZeroExit: z.number().optional(),
  earlyExit: z.boolean().optional(),
  oomKilled: z.object({ memoryLimit: z.string() }).optional(),
  timedOutSeconds: z.number().optional(),
  timedOutReason: z.string().optional(),
  unhealthy: z.string().optional(),
});

/** What happened to a service; the details depend on the type of event. */
export const serviceEvent = z.object({
  type: z.string(),
  timestamp: z.string(),
  details: z.object({
    deployId: z.string().optional(),
    reason: z.object({ failure: instanceFailure.optional() }).optional(),
    message: z.string().optional(),
  }),
});

/** A project. */
export const project = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.object({ id: z.string() }),
  environmentIds: z.array(z.string()),
});

/** An environment of a project. */
export const environment = z.object({
  id: z.string(),
  name: z.string(),
  projectId: z.string(),
  protectedStatus: z.enum(["unprotected", "protected"]),
  networkIsolationEnabled: z.boolean(),
  serviceIds: z.array(z.string()),
  databasesIds: z.array(z.string()),
  redisIds: z.array(z.string()),
  envGroupIds: z.array(z.string()),
});

export type Owner = z.infer<typeof owner>;
export type RegistryCredential = z.infer<typeof registryCredential>;
export type Service = z.infer<typeof service>;
export type WebService = z.infer<typeof webService>;
export type Deploy = z.infer<typeof deploy>;
export type DeployStatus = z.infer<typeof deployStatus>;
export type EnvironmentVariable = z.infer<typeof environmentVariable>;
export type SecretFile = z.infer<typeof secretFile>;
export type CustomDomain = z.infer<typeof customDomain>;
export type InstanceFailure = z.infer<typeof instanceFailure>;
export type ServiceEvent = z.infer<typeof serviceEvent>;
export type Project = z.infer<typeof project>;
export type Environment = z.infer<typeof environment>;
