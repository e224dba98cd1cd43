/** A web service as the API shows it. */
import type { Service } from "./model.ts";
import type { Render } from "./render.ts";
import { siteUrl } from "./site/address.ts";

/** The service, with what Render fills in. */
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
    serviceDetails: describeDetails(service),
  };
}

function describeDetails(service: Service): object {
  const { details } = service;
  return {
    ...(details.autoscaling && { autoscaling: details.autoscaling }),
    buildPlan: "starter",
    env: "image",
    envSpecificDetails: {
      dockerCommand: details.dockerCommand,
      dockerContext: "",
      dockerfilePath: "",
      preDeployCommand: details.preDeployCommand,
    },
    healthCheckPath: details.healthCheckPath,
    ...(details.plan !== "free" && { maintenanceMode: details.maintenanceMode }),
    maxShutdownDelaySeconds: details.maxShutdownDelaySeconds,
    numInstances: details.numInstances,
    openPorts: [{ port: 10_000, protocol: "TCP" }],
    plan: details.plan,
    previews: { generation: details.previews },
    pullRequestPreviewsEnabled: "no",
    region: details.region,
    renderSubdomainPolicy: details.renderSubdomainPolicy,
    runtime: "image",
    sshAddress: `${service.id}@ssh.${details.region}.render.com`,
    url: siteUrl(service),
  };
}
