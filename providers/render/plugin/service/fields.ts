/** What a program can declare of services, in the groups that types of services share ("Render Public API", Services). */
import { z } from "zod";
import { PLANS, PRIVATE_PLANS, REGIONS } from "../../vendor-values.ts";

/** Of every service that runs an image. */
export const SHARED_FIELDS = {
  name: z.string().min(1).describe("Name of the service, unique in its workspace."),
  ownerId: z.string().min(1).describe("Id of the workspace (`tea-…`) that owns the service."),
  image: z.string().min(1).describe("The image to run: `repository:tag` or `repository@sha256:…`."),
  registryCredentialId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the registry credential with which Render pulls the image. None for a public image."),
  region: z
    .enum(REGIONS)
    .meta({ typeName: "Region" })
    .describe("Where the service runs. A change replaces the service."),
  startCommand: z.string().min(1).optional().describe("Command that replaces the image's own."),
  environmentVariables: z
    .record(z.string(), z.string())
    .default({})
    .describe("Environment variables by name. Each value may be secret. Variables not named here are left alone."),
  generatedVariables: z
    .array(z.string())
    .optional()
    .describe("Names of variables that Render generates a value for, once: one that exists keeps its value."),
  secretFiles: z
    .record(z.string(), z.string())
    .optional()
    .describe("Contents of secret files by file name. Files not named here are left alone."),
  environmentId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the environment (`evm-…`) of a Render project that the service belongs to."),
  imageManagement: z
    .enum(["declared", "external"])
    .meta({ typeName: "ImageManagement" })
    .default("declared")
    .describe(
      "`declared`: the declared image is what runs. `external`: a pipeline deploys new tags or digests; the repository " +
        "and credential are enforced, and what runs is only reported.",
    ),
};

const percentage = z.int().min(1).max(100).optional();

/** Of services whose instances run all the time. */
export const RUNNING_FIELDS = {
  numInstances: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Number of instances. Without it the number is left as it is; while autoscaling is on, it is not applied.",
    ),
  autoscaling: z
    .object({
      min: z.int().min(1).describe("The smallest number of instances."),
      max: z.int().min(1).describe("The largest number of instances."),
      cpu: percentage.describe("Use of the CPU in percent that Render aims at. Without it the CPU is not looked at."),
      memory: percentage.describe("Use of memory in percent that Render aims at. Without it memory is not looked at."),
    })
    .meta({ typeName: "Autoscaling" })
    .optional()
    .describe(
      "Instances by load, in place of a fixed number. What was declared and is not any more is switched off; what was " +
        "switched on by hand is left alone.",
    ),
  disk: z
    .object({
      name: z.string().min(1).describe("Name of the disk."),
      mountPath: z.string().regex(/^\/./, "is an absolute path below /").describe("Where the service finds it."),
      sizeGB: z.int().min(1).default(1).describe("Size in GB. It can grow, never shrink."),
    })
    .meta({ typeName: "Disk" })
    .optional()
    .describe(
      "A disk that survives deploys, of one instance: such a service has no other, and stops for a moment with each deploy. " +
        "To drop it, or what would replace the service, is refused, because its data would be lost. Without it the service's " +
        "disk is left alone.",
    ),
  preDeployCommand: z
    .string()
    .min(1)
    .optional()
    .describe("Command run in the new image before it starts, for example a database migration."),
  maxShutdownDelaySeconds: z
    .int()
    .min(1)
    .max(300)
    .optional()
    .describe("Seconds that the old process gets to finish after SIGTERM. Render's default is 30."),
  waitForDeploy: z
    .boolean()
    .default(true)
    .describe("Whether create and update wait until the deploy is live and fail when it is not."),
};

/** Of services that visitors do not reach: they are never free. */
export const PRIVATE_FIELDS = {
  plan: z.enum(PRIVATE_PLANS).meta({ typeName: "PaidPlan" }).describe("Instance type."),
};

/** Of cron jobs alone. */
export const CRON_FIELDS = {
  schedule: z.string().min(1).describe("When it runs, as a cron expression in UTC: `0 3 * * *` is daily at 3:00."),
};

/** Of web services alone. */
export const WEB_FIELDS = {
  plan: z
    .enum(PLANS)
    .meta({ typeName: "Plan" })
    .describe("Instance type. `free` is for a new service only: a change to it is refused."),
  healthCheckPath: z
    .string()
    .startsWith("/")
    .optional()
    .describe("Path that must answer before a deploy is live. Without it Render only checks that a port is open."),
  renderSubdomainPolicy: z
    .enum(["enabled", "disabled"])
    .meta({ typeName: "SubdomainPolicy" })
    .optional()
    .describe(
      "Whether the site answers on Render's own domain too, beside its custom ones. Render's default is enabled.",
    ),
  maintenanceMode: z
    .object({
      enabled: z.boolean().describe("Whether visitors get the maintenance page instead of the site."),
      uri: z.string().default("").describe("Address of the page to show; empty for Render's own."),
    })
    .meta({ typeName: "MaintenanceMode" })
    .optional()
    .describe("Maintenance mode; off by default."),
  customDomains: z
    .array(z.string().regex(/^[a-z0-9*.-]+$/, "a domain name is written in lower case, without scheme or path"))
    .optional()
    .describe("Custom domain names. Without it the service's domains are left alone."),
};
