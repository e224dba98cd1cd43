/** A web service as the API shows it. */
import type { Disk, Service, ServiceDetails } from "./model.ts";
import { setDetails } from "./optional-details.ts";
import type { Render } from "./render.ts";
import { siteUrl } from "./site/address.ts";

/** The service, with what Render fills in. What is optional is absent, not empty, while it is not set, as recorded. */
export function describeService(render: Render, service: Service): object {
  const credential = render.registryCredentials.get(service.registryCredentialId ?? "");
  return {
    id: service.id,
    autoDeploy: service.autoDeploy,
    createdAt: service.createdAt,
    dashboardUrl: `https://dashboard.render.com/web/${service.id}`,
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
    type: "web_service",
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

function describeDetails(service: Service, hasPorts: boolean): object {
  const { details } = service;
  return {
    ...pick(details, "autoscaling"),
    ...(details.disk && { disk: shownDisk(details.disk) }),
    ...setDetails(details),
    buildPlan: "starter",
    env: "image",
    envSpecificDetails: {
      dockerCommand: details.dockerCommand,
      dockerContext: "",
      dockerfilePath: "",
      ...pick(details, "preDeployCommand"),
    },
    healthCheckPath: details.healthCheckPath,
    ...(details.plan !== "free" && { maintenanceMode: details.maintenanceMode }),
    numInstances: details.numInstances,
    openPorts: hasPorts ? [{ port: 10_000, protocol: "TCP" }] : null,
    plan: details.plan,
    previews: { generation: details.previews },
    pullRequestPreviewsEnabled: "no",
    region: details.region,
    runtime: "image",
    sshAddress: `${service.id}@ssh.${details.region}.render.com`,
    url: siteUrl(service),
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
