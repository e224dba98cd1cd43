/** `/api/0/`, `/api/0/organizations/` and the health check. */
import { Hono } from "hono";
import { forbidden } from "./errors.ts";
import { checkOrganization, type Sentry } from "./sentry.ts";

/** An organization as Sentry shows it within other objects. */
export function organizationView(sentry: Sentry) {
  const { id, slug, name, dateCreated } = sentry.organization;
  return {
    id,
    slug,
    status: { id: "active", name: "active" },
    name,
    dateCreated,
    isEarlyAdopter: false,
    require2FA: false,
    avatar: { avatarType: "letter_avatar", avatarUuid: null, avatarUrl: null },
    links: { organizationUrl: sentry.baseUrl, regionUrl: sentry.baseUrl },
    hasAuthProvider: false,
    allowMemberInvite: true,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
    features: ["projects:rate-limits"],
  };
}

/** The routes. */
export function organizationRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  app.get("/", (c) => c.json({ version: "0", auth: { scopes: sentry.scopes }, user: null }));
  app.get("/internal/health/", (c) => c.json({ problems: [], healthy: { WarningStatusCheck: true } }));
  app.get("/organizations/", (c) => c.json([organizationView(sentry)]));
  app.get("/organizations/:organization/", (c) => {
    checkOrganization(sentry, c);
    if (!sentry.scopes.some((scope) => /^org:(read|write|admin)$/.test(scope))) throw forbidden();
    return c.json({ ...organizationView(sentry), access: sentry.scopes, onboardingTasks: [], defaultRole: "member" });
  });
  return app;
}
