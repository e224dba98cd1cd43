/** Emulated Render: its public API for services that run an image, which it really runs. */
import { Hono } from "hono";
import { movedMessage } from "../core/ports.ts";
import type { EmulatedService, ServiceContext } from "../core/service.ts";
import { requireKey } from "./authentication.ts";
import { type CronJobs, cronJobs } from "./cron/jobs.ts";
import { cronJobRoutes } from "./cron/routes.ts";
import { customDomainRoutes } from "./custom-domains.ts";
import { deployHookRoutes } from "./deploy-hook.ts";
import { createDeployer, type Deployer } from "./deploying/deployer.ts";
import { deployRoutes } from "./deploys.ts";
import { diskRoutes } from "./disks.ts";
import { envGroupContentRoutes } from "./env-group-contents.ts";
import { envGroupRoutes } from "./env-groups.ts";
import { environmentRoutes } from "./environments.ts";
import { eventRoutes } from "./events.ts";
import { keyValueLifecycle } from "./key-value/lifecycle.ts";
import { keyValueRoutes } from "./key-value/routes.ts";
import { logRoutes } from "./logs.ts";
import { notificationRoutes } from "./notifications.ts";
import { renderOverview } from "./overview.ts";
import { ownerRoutes } from "./owners.ts";
import { postgresActionRoutes } from "./postgres/actions.ts";
import { postgresExportRoutes } from "./postgres/exports.ts";
import { postgresLifecycle } from "./postgres/lifecycle.ts";
import { postgresRoutes } from "./postgres/routes.ts";
import { projectRoutes } from "./projects.ts";
import { rateLimits } from "./rate-limits.ts";
import { registryCredentialRoutes } from "./registry-credentials.ts";
import { openRender, type Render, type RenderExtras } from "./render.ts";
import { serviceActionRoutes } from "./service-actions.ts";
import { serviceLifecycle } from "./service-lifecycle.ts";
import { serviceSecretFileRoutes } from "./service-secret-files.ts";
import { serviceVariableRoutes } from "./service-variables.ts";
import { serviceRoutes } from "./services.ts";
import { createSites, type Sites } from "./site/sites.ts";

/** Builds the service on its context; `extras.runner` runs the images. */
export function renderService(context: ServiceContext, extras: RenderExtras): EmulatedService {
  const render = openRender(context, extras);
  const deployer = createDeployer(render);
  const sites = createSites(render, (serviceId) => deployer.instanceOf(serviceId)?.container.url);
  const crons = cronJobs(render);
  const lifecycle = serviceLifecycle(render, deployer, sites, crons);
  const databases = postgresLifecycle(render);
  databases.resumeAll();
  const keyValues = keyValueLifecycle(render);
  keyValues.resumeAll();
  const reopened = reopen(render, sites, deployer, crons).catch((error: unknown) => {
    context.log(`render: the sites of the last run could not be opened again: ${error}`);
  });

  const app = new Hono();
  app.use("*", async (_c, next) => {
    await reopened;
    await next();
  });
  app.use("/v1/*", rateLimits(context.now, context.account), requireKey(context.account.tokens.render));
  for (const addRoutes of [
    ownerRoutes,
    registryCredentialRoutes,
    serviceVariableRoutes,
    serviceSecretFileRoutes,
    customDomainRoutes,
    diskRoutes,
    envGroupRoutes,
    envGroupContentRoutes,
    notificationRoutes,
    eventRoutes,
  ]) {
    addRoutes(app, render);
  }
  serviceRoutes(app, render, lifecycle, crons);
  cronJobRoutes(app, render, crons);
  serviceActionRoutes(app, render, lifecycle);
  deployRoutes(app, render, deployer);
  deployHookRoutes(app, render, deployer);
  logRoutes(app, render, deployer);
  postgresRoutes(app, render, databases);
  postgresActionRoutes(app, render, databases);
  postgresExportRoutes(app, render, databases);
  keyValueRoutes(app, render, keyValues);
  const contents = {
    deleteService: lifecycle.delete,
    deletePostgres: databases.delete,
    deleteKeyValue: keyValues.delete,
  };
  projectRoutes(app, render, contents);
  environmentRoutes(app, render, contents);

  return {
    name: "render",
    app,
    state: () => ({
      services: render.services.list().length,
      deploys: render.deploys.list().length,
      instances: deployer.count(),
      cronRuns: render.cronRuns.list().length,
      customDomains: render.customDomains.list().length,
      registryCredentials: render.registryCredentials.list().length,
      projects: render.projects.list().length,
      environments: render.environments.list().length,
      envGroups: render.envGroups.list().length,
      postgres: render.postgres.list().length,
      keyValues: render.keyValues.list().length,
    }),
    overview: () => renderOverview(render),
    async close() {
      await reopened;
      await crons.close();
      await deployer.close();
      await databases.close();
      await keyValues.close();
      await sites.closeAll();
    },
  };
}

/** Opens the sites that a former sandbox left, at their old ports where those are free, or tells; starts what served. */
async function reopen(render: Render, sites: Sites, deployer: Deployer, crons: CronJobs): Promise<void> {
  for (const service of render.services.list()) {
    const sitePort = await sites.open(service, service.sitePort);
    if (sitePort !== service.sitePort) {
      render.log(movedMessage(`the site of ${service.name}`, service.sitePort, sitePort));
    }
    deployer.resume(render.services.put(service.id, { ...service, sitePort }));
  }
  crons.resume();
}
