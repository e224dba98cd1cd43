/** Where the traffic with CircleCI is not as its description says, and why it stays so. */
import type { Deviation } from "./deviation.ts";

export const circleciDeviations: readonly Deviation[] = [
  {
    service: "circleci",
    routes: ["POST /api/v1.1/project/*/*/*/follow"],
    problems: ["not described"],
    reason: "Only API v1.1 starts the builds of an OAuth organization's project; the description is of API v2.",
  },
  {
    service: "circleci",
    routes: ["GET /api/v1.1/projects"],
    problems: ["not described"],
    reason: "Only API v1.1 has a list of projects (Get all followed projects); the description is of API v2.",
  },
  {
    service: "circleci",
    routes: ["GET /context/{context_id}", "DELETE /context/{context_id}"],
    problems: ["response 403 is not described"],
    reason:
      "CircleCI refuses the id of a context that is gone as one that the user may not see (an acceptance test of " +
      "mrolla/terraform-provider-circleci, #67).",
  },
  {
    service: "circleci",
    routes: ["POST /context"],
    problems: ["request body /owner/slug is not described", "request body /owner/type is not described"],
    reason: "The schema refuses every field beside its alternatives, the alternatives' own fields among them.",
  },
  {
    service: "circleci",
    routes: ["PUT /context/{context_id}/environment-variable/{env_var_name}"],
    problems: [
      "response 200 /context_id is not described",
      "response 200 /created_at is not described",
      "response 200 /updated_at is not described",
      "response 200 /variable is not described",
    ],
    reason: "The schema refuses every field beside its alternatives, the alternatives' own fields among them.",
  },
  {
    service: "circleci",
    routes: [
      "GET /api/v2/organization/*",
      "GET /api/v1.1/projects",
      "PUT /api/v1.1/project/*/*/*/settings",
      "POST /api/v1.1/project/*/*/*/unfollow",
    ],
    problems: ["not described"],
    reason: "CircleCI serves them; the description at hand is of API v2, cut down to some of the paths.",
  },
  {
    service: "circleci",
    routes: ["GET /api/v2/project/*/settings", "PATCH /api/v2/project/*/settings"],
    problems: ["not described"],
    reason: "CircleCI takes an escaped slug on all routes of a project; these are described with its three parts.",
  },
  {
    service: "circleci",
    routes: ["POST /context"],
    problems: ["response 400 is not described"],
    reason: "CircleCI refuses an invalid body so on all routes, and describes it on some.",
  },
];
