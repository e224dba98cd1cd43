/** Requests that create or change a web service, checked as Render checks them. */
import { z } from "zod";
import { refuse } from "./answers.ts";
import { formatImage, parseImage } from "./image-reference.ts";
import type { Service, ServiceDetails } from "./model.ts";
import type { Render } from "./render.ts";
import { newSecretFiles, newVariables } from "./variables.ts";

const plan = z.enum(["free", "starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"]);
const region = z.enum(["frankfurt", "oregon", "ohio", "singapore", "virginia"]);
const image = z.object({
  ownerId: z.string().optional(),
  imagePath: z.string(),
  registryCredentialId: z.string().optional(),
});
const autoDeploy = z.enum(["yes", "no"]);

/** What of a service's details can be given when it is made and changed later. */
const details = z.object({
  envSpecificDetails: z.object({ dockerCommand: z.string().optional() }).optional(),
  healthCheckPath: z.string().optional(),
  maintenanceMode: z.object({ enabled: z.boolean(), uri: z.string() }).optional(),
  plan: plan.optional(),
  preDeployCommand: z.string().optional(),
  previews: z.object({ generation: z.enum(["off", "manual", "automatic"]).optional() }).optional(),
  maxShutdownDelaySeconds: z.int().min(1).max(300).optional(),
  renderSubdomainPolicy: z.enum(["enabled", "disabled"]).optional(),
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
    numInstances: z.int().min(1).default(1),
    region: region.default("oregon"),
  }),
});

/** A change of a service. */
export const serviceUpdate = z.object({
  name: z.string().min(1).optional(),
  image: image.optional(),
  autoDeploy: autoDeploy.optional(),
  serviceDetails: details.optional(),
});

type Details = z.infer<typeof details>;

const defaults: Omit<ServiceDetails, "region" | "numInstances"> = {
  plan: "starter",
  healthCheckPath: "",
  preDeployCommand: "",
  dockerCommand: "",
  maxShutdownDelaySeconds: 30,
  maintenanceMode: { enabled: false, uri: "" },
  previews: "off",
  renderSubdomainPolicy: "enabled",
};

/** Details of a new service, with Render's defaults. */
export function newDetails(request: z.infer<typeof newService>["serviceDetails"]): ServiceDetails {
  const { numInstances, region: place } = request;
  return changedDetails({ ...defaults, numInstances, region: place }, request);
}

/** Details after a change. Refuses with 400 what the plan does not offer. */
export function changedDetails(before: ServiceDetails, change: Details): ServiceDetails {
  const after: ServiceDetails = {
    ...before,
    plan: change.plan ?? before.plan,
    healthCheckPath: change.healthCheckPath ?? before.healthCheckPath,
    preDeployCommand: change.preDeployCommand ?? before.preDeployCommand,
    dockerCommand: change.envSpecificDetails?.dockerCommand ?? before.dockerCommand,
    maxShutdownDelaySeconds: change.maxShutdownDelaySeconds ?? before.maxShutdownDelaySeconds,
    maintenanceMode: change.maintenanceMode ?? before.maintenanceMode,
    previews: change.previews?.generation ?? before.previews,
    renderSubdomainPolicy: change.renderSubdomainPolicy ?? before.renderSubdomainPolicy,
  };
  if (after.plan === "free" && change.maintenanceMode) {
    refuse(400, "maintenance mode can only be configured for non-free tier services");
  }
  if (after.healthCheckPath !== "" && !after.healthCheckPath.startsWith("/")) {
    refuse(400, "invalid serviceDetails.healthCheckPath");
  }
  return after;
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
