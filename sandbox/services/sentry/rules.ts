/**
 * Issue alert rules: `/projects/{o}/{p}/rules/`, which Sentry has removed (off by default since 2026-09-15,
 * getsentry/sentry#124443). Workflows of the organization are their successors; nothing here asks for them.
 */
import { Hono } from "hono";
import { VendorError } from "../core/vendor-error.ts";
import { projectOf, type Sentry } from "./sentry.ts";

const DEPRECATED_SINCE = "2026-05-14T00:00:00+00:00";

/** The routes: whatever is asked, they are gone. */
export function ruleRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  for (const path of ["/projects/:organization/:project/rules/", "/projects/:organization/:project/rules/:rule/"])
    app.all(path, (c) => {
      projectOf(sentry, c);
      throw new VendorError(
        410,
        { message: "This API no longer exists." },
        {
          "X-Sentry-Deprecation-Date": DEPRECATED_SINCE,
          "X-Sentry-Replacement-Endpoint": `/api/0/organizations/${sentry.organization.slug}/workflows/`,
        },
      );
    });
  return app;
}
