/** The emulated Sentry: the web API under `/api/0` and the event intake under `/api/{project}`, on one port. */
import { Hono } from "hono";
import type { EmulatedService, ServiceContext } from "../core/service.ts";
import { authentication, rateLimitHeaders } from "./edge.ts";
import { eventRoutes } from "./events.ts";
import { intakeRoutes } from "./intake.ts";
import { keyRoutes } from "./keys.ts";
import { organizationRoutes } from "./organizations.ts";
import { sentryOverview } from "./overview.ts";
import { projectRoutes } from "./projects.ts";
import { releaseRoutes } from "./releases.ts";
import { ruleRoutes } from "./rules.ts";
import { openSentry } from "./sentry.ts";
import { teamRoutes } from "./teams.ts";

/** Builds the service on its context. */
export function sentryService(context: ServiceContext): EmulatedService {
  const sentry = openSentry(context);
  const app = new Hono();
  app.use("/api/0/*", rateLimitHeaders(context.now), authentication(context.account));
  for (const routes of [
    organizationRoutes,
    teamRoutes,
    projectRoutes,
    keyRoutes,
    ruleRoutes,
    releaseRoutes,
    eventRoutes,
  ]) {
    app.route("/api/0/", routes(sentry));
  }
  app.route("/api", intakeRoutes(sentry));
  return {
    name: "sentry",
    app,
    state: () =>
      Object.fromEntries(Object.entries(sentry.data).map(([kind, collection]) => [kind, collection.list().length])),
    overview: () => sentryOverview(sentry),
    close: async () => {},
  };
}
