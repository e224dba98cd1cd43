/** A service as the API shows it. */
import type { Disk, Service, ServiceDetails } from "./model.ts";
import { setDetails } from "./optional-details.ts";
import type { Render } from "./render.ts";
import { SERVICE_TYPES } from "./service-types.ts";
import { siteUrl } from "./site/address.ts";

/** The service, with what Render fills in. What is optional is absent, not empty, while it is not set, as recorded. */
export function describeService(render: Render, service: Service): object {
  const credential = render.registryCredentials.get(service.registryCredentialId ?? "");
  return {
    id: service.id,
    autoDeploy: service.autoDeploy,
    // Recorded of every cron job, and of some other services.
    ...(service.type === "cron_job" && { autoDeployTrigger: service.autoDeploy === "yes" ? "commit" : "off" }),
    createdAt: service.createdAt,
    dashboardUrl: `https://dashboard.render.com/${SERVICE_TYPES[service.type].short}/${service.id}`,
    ...(service.environmentId !== undefined && { environmentId: service.environmentId }),
    imagePath: service.imagePath,
    name: service.name,
    notifyOnFail: "default",
    ownerId: service.ownerId,
    ...(credential && { registryCredential: { id: credential.id, name: credential.name } }),
    rootDir: "",
    slug: service.slug,
    suspended: service.suspended ? "suspended" : "not_suspended",
    suspenders: service.suspended ? ["user"] : [],
    type: service.type,
    updatedAt: service.updatedAt,
    serviceDetails: describeDetails(service, hasListened(render, service)),
  };
}

/** Whether a deploy has come to serve: the ports that Render has found open are null before. */
function hasListened(render: Render, { id }: Service): boolean {
  const deploy = render.deploys.find(
    ({ serviceId, status }) => serviceId === id && (status === "live" || status === "deactivated"),
  );
  return deploy !== undefined;
}

/** Details by type: each has what its schema in the description has. */
function describeDetails(service: Service, hasPorts: boolean): object {
  const { type } = service;
  return {
    ...sharedDetails(service),
    ...(type === "cron_job" ? cronDetails(service) : runningDetails(service)),
    ...(SERVICE_TYPES[type].reached !== "never" && {
      openPorts: hasPorts ? [{ port: 10_000, protocol: "TCP" }] : null,
      url: siteUrl(service),
    }),
    ...(type === "web_service" && webDetails(service)),
  };
}

function sharedDetails({ details }: Service): object {
  return {
    buildPlan: "starter",
    env: "image",
    envSpecificDetails: {
      dockerCommand: details.dockerCommand,
      dockerContext: "",
      dockerfilePath: "",
      ...pick(details, "preDeployCommand"),
    },
    plan: details.plan,
    region: details.region,
    runtime: "image",
  };
}

function cronDetails({ details }: Service): object {
  return pick(details, "schedule", "lastSuccessfulRunAt");
}

function runningDetails({ id, details }: Service): object {
  return {
    ...pick(details, "autoscaling", "maxShutdownDelaySeconds"),
    ...(details.disk && { disk: shownDisk(details.disk) }),
    numInstances: details.numInstances,
    previews: { generation: details.previews },
    pullRequestPreviewsEnabled: "no",
    sshAddress: `${id}@ssh.${details.region}.render.com`,
  };
}

function webDetails({ details }: Service): object {
  return {
    ...setDetails(details),
    healthCheckPath: details.healthCheckPath,
    ...(details.plan !== "free" && { maintenanceMode: details.maintenanceMode }),
  };
}

/** A disk as its service has it: without its times (recorded). */
function shownDisk({ id, name, mountPath, sizeGB }: Disk): object {
  return { id, name, mountPath, sizeGB };
}

/** The fields that are set. */
function pick(details: ServiceDetails, ...names: (keyof ServiceDetails)[]): Partial<ServiceDetails> {
  return Object.fromEntries(names.flatMap((name) => (details[name] === undefined ? [] : [[name, details[name]]])));
}
