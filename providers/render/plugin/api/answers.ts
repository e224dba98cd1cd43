/**
 * The parts of Render's answers that the provider reads ("Render Public API"). A field is needed where the provider can
 * do nothing right without it; recorded answers of Render leave others out, or answer null.
 */
import { z } from "zod";
import { list, openEnum, optional, otherwise } from "../../../kit/answer.ts";
import { answeredSettings } from "../service/setting-rows.ts";

const text = otherwise(z.string(), "");

/** A workspace: a team, or a user's own. */
export const owner = z.object({ id: z.string(), name: z.string(), email: text, type: text });

/** A registry credential. Its token is never answered. */
export const registryCredential = z.object({
  id: z.string(),
  name: z.string(),
  registry: z.string(),
  username: z.string(),
  updatedAt: text,
});

const target = optional(z.object({ enabled: otherwise(z.boolean(), false), percentage: otherwise(z.number(), 0) }));

/**
 * How a service runs; what its type does not have is absent. The commands are answered under `envSpecificDetails`, though
 * they are sent elsewhere.
 */
export const serviceDetails = z.object({
  plan: z.string(),
  region: z.string(),
  numInstances: otherwise(z.number(), 1),
  /** While it is on, Render chooses the number of instances. */
  autoscaling: optional(
    z.object({
      enabled: otherwise(z.boolean(), false),
      min: otherwise(z.number(), 1),
      max: otherwise(z.number(), 1),
      criteria: optional(z.object({ cpu: target, memory: target })),
    }),
  ),
  disk: optional(z.object({ id: z.string(), name: text, mountPath: z.string(), sizeGB: z.number() })),
  url: text,
  lastSuccessfulRunAt: optional(z.string()),
  envSpecificDetails: optional(
    z.object({ dockerCommand: optional(z.string()), preDeployCommand: optional(z.string()) }),
  ),
  ...answeredSettings,
});

/** A service of any type. */
export const service = z.object({
  id: z.string(),
  name: z.string(),
  ownerId: z.string(),
  type: openEnum("web_service", "private_service", "background_worker", "cron_job", "static_site"),
  slug: text,
  createdAt: text,
  dashboardUrl: text,
  environmentId: optional(z.string()),
  imagePath: optional(z.string()),
  registryCredential: optional(z.object({ id: z.string() })),
  suspended: otherwise(openEnum("suspended", "not_suspended"), "not_suspended"),
  suspenders: list(z.string()),
  serviceDetails: optional(z.unknown()),
});

/** A service that runs an image. */
export const imageService = service.extend({ imagePath: z.string(), serviceDetails });

/** The status of a deploy. Render may learn others. */
export const deployStatus = openEnum(
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
);

/** A deploy of a service. */
export const deploy = z.object({
  id: z.string(),
  status: deployStatus,
  trigger: optional(z.string()),
  createdAt: z.string(),
  finishedAt: optional(z.string()),
  image: optional(z.object({ ref: optional(z.string()), sha: optional(z.string()) })),
});

/** Answer to the creation of a service. */
export const createdService = z.object({ service: imageService, deployId: optional(z.string()) });

/** An environment variable set on a service. */
export const environmentVariable = z.object({ key: z.string(), value: z.string() });

/** A secret file of a service. */
export const secretFile = z.object({ name: z.string(), content: z.string() });

/** A custom domain. `redirectForName` is set on one that Render added by itself, `www` for an apex or the reverse. */
export const customDomain = z.object({
  id: z.string(),
  name: z.string(),
  domainType: otherwise(openEnum("apex", "subdomain"), "subdomain"),
  publicSuffix: text,
  redirectForName: text,
  verificationStatus: text,
  createdAt: text,
});

/** A page of log lines. */
export const logPage = z.object({ logs: list(z.object({ message: text })) });

/** Why an instance did not come to serve. */
export const instanceFailure = z.object({
  nonZeroExit: optional(z.number()),
  earlyExit: optional(z.boolean()),
  oomKilled: optional(z.object({ memoryLimit: text })),
  timedOutSeconds: optional(z.number()),
  timedOutReason: optional(z.string()),
  unhealthy: optional(z.string()),
});

/** What happened to a service; the details depend on the type of event. */
export const serviceEvent = z.object({
  type: z.string(),
  details: otherwise(
    z.object({
      deployId: optional(z.string()),
      reason: optional(z.object({ failure: optional(instanceFailure) })),
      message: optional(z.string()),
    }),
    {},
  ),
});

/** A project. */
export const project = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.object({ id: z.string() }),
  createdAt: text,
});

/** An environment of a project. The lists are null, not empty, of an environment that has nothing in it. */
export const environment = z.object({
  id: z.string(),
  name: z.string(),
  projectId: z.string(),
  protectedStatus: otherwise(openEnum("unprotected", "protected"), "unprotected"),
  networkIsolationEnabled: otherwise(z.boolean(), false),
  serviceIds: list(z.string()),
  databasesIds: list(z.string()),
  redisIds: list(z.string()),
  envGroupIds: list(z.string()),
});

export type Owner = z.infer<typeof owner>;
export type RegistryCredential = z.infer<typeof registryCredential>;
export type Service = z.infer<typeof service>;
export type ImageService = z.infer<typeof imageService>;
export type Deploy = z.infer<typeof deploy>;
export type DeployStatus = z.infer<typeof deployStatus>;
export type EnvironmentVariable = z.infer<typeof environmentVariable>;
export type SecretFile = z.infer<typeof secretFile>;
export type CustomDomain = z.infer<typeof customDomain>;
export type InstanceFailure = z.infer<typeof instanceFailure>;
export type ServiceEvent = z.infer<typeof serviceEvent>;
export type Project = z.infer<typeof project>;
export type Environment = z.infer<typeof environment>;
