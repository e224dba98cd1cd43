/** Where the traffic with Sentry is not as its description says, and why it stays so. */
import type { Deviation } from "./deviation.ts";

export const sentryDeviations: readonly Deviation[] = [
  {
    service: "sentry",
    routes: ["PUT /api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/"],
    problems: ["request body /digestsMaxDelay is not described", "request body /digestsMinDelay is not described"],
    reason: "Sentry describes the settings of a project in its answer only; the vendor's plugin writes these two.",
  },
  {
    service: "sentry",
    routes: ["GET /api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/keys/"],
    problems: ["query /per_page is not described"],
    reason: "Every list of Sentry's has this parameter; it is described on some.",
  },
  {
    service: "sentry",
    routes: [
      "GET /api/0/",
      "GET /api/0/internal/health/",
      "GET /api/0/organizations/",
      "POST /api/0/organizations/*/releases/*/deploys/",
    ],
    problems: ["not described"],
    reason: "Sentry describes them; the description at hand is cut down to some of the paths.",
  },
  {
    service: "sentry",
    routes: ["GET /api/0/organizations/{organization_id_or_slug}/"],
    problems: ["response 429 is not described"],
    reason: "Any request may meet it (Sentry Docs, Rate Limits).",
  },
];
