/** Requests that create or change a service, checked as Render checks them. */
import { z } from "zod";
import { refuse } from "./answers.ts";
import { isSchedule } from "./cron/schedule.ts";
import { checkedDisk, diskFrom } from "./disks.ts";
import { formatImage, parseImage } from "./image-reference.ts";
import type { Autoscaling, Service, ServiceDetails, ServiceType } from "./model.ts";
import { optionalDetails, setDetails } from "./optional-details.ts";
import type { Render } from "./render.ts";
import { newSecretFiles, newVariables } from "./variables.ts";

const PAID_PLANS = ["starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"] as const;
const plan = z.enum(["free", ...PAID_PLANS]);
const region = z.enum(["frankfurt", "oregon", "ohio", "singapore", "virginia"]);
const image = z.object({
  ownerId: z.string().optional(),
  imagePath: z.string(),
  registryCredentialId: z.string().optional(),
});
const autoDeploy = z.enum(["yes", "no"]);

const criterion = z.object({ enabled: z.boolean(), percentage: z.int() });
/** Instances by load. */
export const autoscaling = z.object({
  enabled: z.boolean(),
  min: z.int().min(1),
  max: z.int().min(1),
  criteria: z.object({ cpu: criterion, memory: criterion }),
});
const disk = z.object({ name: z.string().min(1), mountPath: z.string().min(1), sizeGB: z.int().min(1).default(1) });

/** What of a service's details can be given when it is made and changed later. */
const details = optionalDetails.extend({
  envSpecificDetails: z.object({ dockerCommand: z.string().optional() }).optional(),
  schedule: z.string().optional(),
  healthCheckPath: z.string().optional(),
  maintenanceMode: z.object({ enabled: z.boolean(), uri: z.string() }).optional(),
  preDeployCommand: z.string().optional(),
  previews: z.object({ generation: z.enum(["off", "manual", "automatic"]).optional() }).optional(),
});

/** A new service. */
export const newService = z.object({
  type: z.enum(["static_site", "web_service", "private_service", "background_worker", "cron_job"]),
  name: z.string().min(1),
  ownerId: z.string(),
  image: image.optional(),
  autoDeploy: autoDeploy.default("yes"),
  envVars: newVariables.optional(),
  secretFiles: newSecretFiles.optional(),
  environmentId: z.string().optional(),
  serviceDetails: details.extend({
    plan: plan.optional(),
    autoscaling: autoscaling.optional(),
    disk: disk.optional(),
    numInstances: z.int().min(1).default(1),
    region: region.default("oregon"),
  }),
});

/** A change of a service. `free` is not among its plans (schema `paidPlan`): a free service is made so. */
export const serviceUpdate = z.object({
  name: z.string().min(1).optional(),
  image: image.optional(),
  autoDeploy: autoDeploy.optional(),
  serviceDetails: details.extend({ plan: z.enum(PAID_PLANS).optional() }).optional(),
});

type Details = z.infer<typeof details> & { readonly plan?: z.infer<typeof plan> | undefined };

const defaults: Omit<ServiceDetails, "region" | "numInstances"> = {
  plan: "starter",
  healthCheckPath: "",
  dockerCommand: "",
  maintenanceMode: { enabled: false, uri: "" },
  previews: "off",
};

/** The details, if a service of the type can have them. Refuses with 400 ("Cron Jobs", "Deploy for Free"). */
export function fittingDetails(type: ServiceType, details: ServiceDetails): ServiceDetails {
  if (type !== "web_service" && details.plan === "free") refuse(400, "invalid serviceDetails.plan: free");
  if (type !== "cron_job") return checkedDisk(details);
  if (!details.schedule) refuse(400, "missing serviceDetails.schedule");
  if (!isSchedule(details.schedule)) refuse(400, `invalid serviceDetails.schedule: ${details.schedule}`);
  if (details.disk) refuse(400, "disks are not supported for cron jobs");
  return details;
}

/** Details of a new service, with Render's defaults. Refuses with 400 what does not go together. */
export function newDetails(
  render: Render,
  type: ServiceType,
  request: z.infer<typeof newService>["serviceDetails"],
): ServiceDetails {
  const { numInstances, region: place, autoscaling: scaling, disk: wanted } = request;
  const details = changedDetails(
    {
      ...defaults,
      numInstances,
      region: place,
      ...(scaling && { autoscaling: checkedAutoscaling(scaling) }),
      ...(wanted && { disk: diskFrom(render, wanted) }),
    },
    request,
  );
  return fittingDetails(type, details);
}

/** Details after a change. Refuses with 400 what the plan does not offer. */
export function changedDetails(before: ServiceDetails, change: Details): ServiceDetails {
  const after: ServiceDetails = {
    ...before,
    ...setDetails(change),
    plan: change.plan ?? before.plan,
    healthCheckPath: change.healthCheckPath ?? before.healthCheckPath,
    ...preDeployCommandAfter(before.preDeployCommand, change.preDeployCommand),
    dockerCommand: change.envSpecificDetails?.dockerCommand ?? before.dockerCommand,
    maintenanceMode: change.maintenanceMode ?? before.maintenanceMode,
    ...(change.schedule !== undefined && { schedule: change.schedule }),
    previews: change.previews?.generation ?? before.previews,
  };
  if (after.plan === "free" && change.maintenanceMode) {
    refuse(400, "maintenance mode can only be configured for non-free tier services");
  }
  if (after.healthCheckPath !== "" && !after.healthCheckPath.startsWith("/")) {
    refuse(400, "invalid serviceDetails.healthCheckPath");
  }
  return after;
}

/** An empty command takes away the one that is there, and is nothing where none was: recorded answers have both. */
function preDeployCommandAfter(
  before: string | undefined,
  wanted: string | undefined,
): Pick<ServiceDetails, "preDeployCommand"> {
  const command = wanted === undefined || (wanted === "" && before === undefined) ? before : wanted;
  return command === undefined ? {} : { preDeployCommand: command };
}

/** Refuses with 400 limits that no number of instances fits. */
export function checkedAutoscaling(wanted: z.infer<typeof autoscaling>): Autoscaling {
  if (wanted.max < wanted.min) refuse(400, "invalid max: it is less than min");
  return wanted;
}

/** The image and credential that a request names. Refuses with 400 what is no image, or a credential that is not there. */
export function imageOf(
  render: Render,
  request: z.infer<typeof image>,
): Pick<Service, "imagePath" | "registryCredentialId"> {
  if (request.ownerId && request.ownerId !== render.owner.id) refuse(400, `invalid image.ownerId: ${request.ownerId}`);
  const parsed = parseImage(request.imagePath);
  if (!parsed) refuse(400, `invalid image.imagePath: ${request.imagePath}`);
  const id = request.registryCredentialId;
  if (!id) return { imagePath: formatImage(parsed) };
  if (!render.registryCredentials.get(id)) refuse(400, `invalid image.registryCredentialId: ${id}`);
  return { imagePath: formatImage(parsed), registryCredentialId: id };
}
