/** A service's birth, sleep and end, with its site and its instances. */
import type { z } from "zod";
import { deleteWhere } from "../core/collections.ts";
import { refuse } from "./answers.ts";
import type { CronJobs } from "./cron/jobs.ts";
import { deploysOf } from "./deploying/deploy-record.ts";
import type { Deployer } from "./deploying/deployer.ts";
import { recordEvent } from "./events.ts";
import { newId, suffix } from "./ids.ts";
import type { Deploy, Service } from "./model.ts";
import { requireOwner } from "./owners.ts";
import type { Render } from "./render.ts";
import { imageOf, newDetails, type newService } from "./service-requests.ts";
import { SERVICE_TYPES } from "./service-types.ts";
import type { Sites } from "./site/sites.ts";
import { forgetScope, replaceSecretFiles, replaceVariables } from "./variables.ts";

/** What can happen to a service as a whole. */
export interface ServiceLifecycle {
  /** Makes a service and starts its first deploy. */
  create(request: z.infer<typeof newService>): Promise<{ service: Service; deploy: Deploy | undefined }>;
  suspend(service: Service): Promise<void>;
  resume(service: Service): Promise<void>;
  /** Deletes a service with everything that is its own. */
  delete(serviceId: string): Promise<void>;
}

/** The lifecycle on this deployer and these sites. */
export function serviceLifecycle(render: Render, deployer: Deployer, sites: Sites, crons: CronJobs): ServiceLifecycle {
  return {
    async create(request) {
      requireOwner(render, request.ownerId);
      const { type } = request;
      if (type === "static_site" || !request.image) {
        render.log(`render: a ${type} was asked for; only services that run an image are emulated`);
        refuse(400, "the sandbox runs services from an image only");
      }
      const { environmentId } = request;
      if (environmentId !== undefined && !render.environments.get(environmentId)) {
        refuse(400, `invalid environmentId: ${environmentId}`);
      }
      const image = imageOf(render, request.image);
      const details = newDetails(render, type, request.serviceDetails);
      const id = newId(SERVICE_TYPES[type].prefix);
      const now = render.now();
      const service: Service = {
        id,
        type,
        name: request.name,
        slug: freeSlug(render, request.name),
        ownerId: request.ownerId,
        ...(environmentId !== undefined && { environmentId }),
        ...image,
        autoDeploy: request.autoDeploy,
        suspended: false,
        details,
        sitePort: await sites.open({ id, type }),
        createdAt: now,
        updatedAt: now,
      };
      render.store.transaction(() => {
        render.services.put(id, service);
        replaceVariables(render, id, request.envVars ?? []);
        replaceSecretFiles(render, id, request.secretFiles ?? []);
      });
      const deploy = await deployer.start(service, { trigger: "api" });
      crons.plan(service);
      return { service, deploy };
    },

    async suspend(service) {
      render.services.put(service.id, { ...service, suspended: true, updatedAt: render.now() });
      recordEvent(render, service.id, "service_suspended", {});
      await crons.halt(service.id);
      await deployer.halt(service.id);
    },

    async resume(service) {
      const resumed = render.services.put(service.id, { ...service, suspended: false, updatedAt: render.now() });
      recordEvent(render, service.id, "service_resumed", {});
      await deployer.start(resumed, { trigger: "service_resumed" });
      crons.plan(resumed);
    },

    async delete(serviceId) {
      await crons.halt(serviceId);
      await deployer.halt(serviceId);
      await sites.close(serviceId);
      const isMine = (item: { serviceId: string }): boolean => item.serviceId === serviceId;
      render.store.transaction(() => {
        for (const { id } of deploysOf(render, serviceId)) render.deploys.delete(id);
        render.waitingDeploys.delete(serviceId);
        deleteWhere(render.customDomains, ({ id }) => id, isMine);
        deleteWhere(render.events, ({ id }) => id, isMine);
        deleteWhere(render.cronRuns, ({ id }) => id, isMine);
        deleteWhere(render.logLines, ({ id }) => id, isMine);
        render.notificationOverrides.delete(serviceId);
        for (const group of render.envGroups.list(({ serviceIds }) => serviceIds.includes(serviceId))) {
          const serviceIds = group.serviceIds.filter((id) => id !== serviceId);
          render.envGroups.put(group.id, { ...group, serviceIds });
        }
        forgetScope(render, serviceId);
        render.services.delete(serviceId);
      });
    },
  };
}

/** The name as it may stand in an address; with a few letters added when another service has it. */
function freeSlug(render: Render, name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const isTaken = render.services.find((service) => service.slug === slug) !== undefined;
  return slug === "" || isTaken ? `${slug || "service"}-${suffix()}` : slug;
}
