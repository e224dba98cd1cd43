/** Every place where the traffic is not as the vendors describe it, and why it stays so. */
import type { ServiceName } from "../../sandbox/services/core/service.ts";

/** One reason, and what it explains. */
export interface Deviation {
  readonly service: ServiceName;
  /** Operations as the description names them; for one that is not described its path, where `*` is any one part. */
  readonly routes: readonly string[];
  /** Problems, in the words of the check. */
  readonly problems: readonly string[];
  readonly reason: string;
  /** The rule of the emulation that the row comes of, in the words of the table of rules. */
  readonly rule?: string;
}

const REPOSITORY = "/repos/{owner}/{repo}";
const HOMEPAGE = '/homepage must match format "uri"';
const WEB_SERVICE = "serviceDetails fits several alternatives: webServiceDetails, privateServiceDetails";
const EVENT = "response 200 /*/event/details fits several alternatives:";

/** The table. A row that explains nothing any more has to go: the test fails on it. */
export const deviations: readonly Deviation[] = [
  {
    service: "github",
    routes: [`PATCH ${REPOSITORY}`],
    problems: [
      "request body /auto_init is not described",
      "request body /gitignore_template is not described",
      "request body /has_discussions is not described",
      "request body /has_downloads is not described",
      "request body /license_template is not described",
      "request body /topics is not described",
    ],
    reason:
      "The vendor's plugin has one body for creating and for changing a repository. GitHub ignores the rest of it.",
  },
  {
    service: "github",
    routes: ["POST /orgs/{org}/repos"],
    problems: ["request body /allow_update_branch is not described", "request body /has_discussions is not described"],
    reason: "The same body. The vendor's plugin sends both settings again with the change that follows at once.",
  },
  {
    service: "github",
    routes: [`POST ${REPOSITORY}/rulesets`, `PUT ${REPOSITORY}/rulesets/{ruleset_id}`],
    problems: ["request body /source is not described", "request body /source_type is not described"],
    reason: "The vendor's plugin sends what it reads: whose ruleset it is. GitHub takes that from the path.",
  },
  {
    service: "github",
    routes: [`DELETE ${REPOSITORY}/contents/{path}`],
    problems: ["request body /content is not described"],
    reason: "The vendor's plugin has one body for writing and for deleting a file.",
  },
  {
    service: "github",
    routes: ["POST /orgs/{org}/repos"],
    problems: [`response 201 ${HOMEPAGE}`],
    reason: "A repository whose homepage was sent as empty text has it as empty text.",
  },
  {
    service: "github",
    routes: [`GET ${REPOSITORY}`, `PATCH ${REPOSITORY}`],
    problems: [`response 200 ${HOMEPAGE}`],
    reason: "A repository whose homepage was sent as empty text has it as empty text.",
  },
  {
    service: "github",
    routes: [`GET ${REPOSITORY}`],
    problems: ["response 304 is not described"],
    reason:
      "Any GET with the ETag of what has not changed is answered so (GitHub Docs, Best practices for the REST API).",
  },
  {
    service: "github",
    routes: [
      "GET /api/v3/rate_limit",
      "GET /api/v3/user/memberships/orgs/*",
      "GET /api/v3/repos/*/*/invitations",
      "GET /api/v3/repos/*/*/issues",
      "POST /api/v3/repos/*/*/issues",
      "GET /api/v3/repos/*/*/issues/*",
      "PATCH /api/v3/repos/*/*/issues/*",
      "GET /api/v3/repos/*/*/issues/*/labels",
      "POST /api/v3/repos/*/*/issues/*/labels",
      "DELETE /api/v3/repos/*/*/issues/*/labels/*",
    ],
    problems: ["not described"],
    reason: "GitHub describes them; the description at hand is cut down to some of the paths.",
  },
  {
    service: "github",
    routes: [`GET ${REPOSITORY}/commits/{ref}`],
    problems: ["response 200 must be object"],
    reason:
      "The pull requests of a commit are left out of the description at hand, and read as those of a commit's name.",
  },
  {
    service: "github",
    routes: ["GET /user"],
    problems: ["response 429 is not described"],
    reason: "Any request may meet it (GitHub Docs, Rate limits for the REST API).",
  },
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
  {
    service: "render",
    routes: ["GET /services/{serviceId}", "PATCH /services/{serviceId}"],
    problems: [`response 200 /${WEB_SERVICE}`],
    reason: "Each kind's schema allows the fields of others, so a web service fits another kind too.",
  },
  {
    service: "render",
    routes: ["GET /services"],
    problems: [`response 200 /*/service/${WEB_SERVICE}`],
    reason: "Each kind's schema allows the fields of others, so a web service fits another kind too.",
  },
  {
    service: "render",
    routes: ["POST /services"],
    problems: ["request body /serviceDetails fits several alternatives: staticSiteDetailsPOST, webServiceDetailsPOST"],
    reason: "Each kind's schema allows the fields of others, so a web service fits another kind too.",
  },
  {
    service: "render",
    routes: ["PATCH /services/{serviceId}"],
    problems: [
      "request body /serviceDetails fits several alternatives: staticSiteDetailsPATCH, webServiceDetailsPATCH",
    ],
    reason: "Each kind's schema allows the fields of others, so a web service fits another kind too.",
  },
  {
    service: "render",
    routes: ["GET /environments/{environmentId}", "PATCH /environments/{environmentId}"],
    problems: [
      "response 200 /databasesIds must be array",
      "response 200 /redisIds must be array",
      "response 200 /serviceIds must be array",
      "response 200 /envGroupIds must be array",
    ],
    reason: "An empty list of an environment is null in every recorded answer.",
    rule: "An empty list of an environment is null.",
  },
  {
    service: "render",
    routes: ["GET /environments"],
    problems: [
      "response 200 /*/environment/databasesIds must be array",
      "response 200 /*/environment/redisIds must be array",
      "response 200 /*/environment/serviceIds must be array",
      "response 200 /*/environment/envGroupIds must be array",
    ],
    reason: "The same in the list (output of production's command line of 2026-07).",
    rule: "An empty list of an environment is null.",
  },
  {
    service: "render",
    routes: ["POST /environments"],
    problems: [
      "response 201 /databasesIds must be array",
      "response 201 /redisIds must be array",
      "response 201 /serviceIds must be array",
      "response 201 /envGroupIds must be array",
    ],
    reason: "The same in the answer to a creation.",
    rule: "An empty list of an environment is null.",
  },
  {
    service: "render",
    routes: ["GET /environments", "GET /environments/{environmentId}", "PATCH /environments/{environmentId}"],
    problems: [
      "response 200 /*/environment must have required property 'networkIsolationEnabled'",
      "response 200 must have required property 'networkIsolationEnabled'",
    ],
    reason: "It may be absent: recorded in 12 of 107 answers.",
    rule: "An environment's network isolation may be absent: here while nobody has set it.",
  },
  {
    service: "render",
    routes: ["POST /services"],
    problems: ["request body /envVars must be array", "request body /secretFiles must be array"],
    reason: "Terraform's provider sends null for a list that has nothing, and Render takes it (recorded).",
  },
  {
    service: "render",
    routes: ["PUT /services/{serviceId}/env-vars", "PUT /services/{serviceId}/secret-files"],
    problems: ["request body is missing"],
    reason: "The same in a change.",
  },
  {
    service: "render",
    routes: ["POST /environments/{environmentId}/resources"],
    problems: ["response 201 is not described"],
    reason: "Recorded every time; 200 is described.",
    rule: "Adding resources to an environment is answered with 201.",
  },
  {
    service: "render",
    routes: ["POST /services/{serviceId}/deploys", "POST /services/{serviceId}/rollback"],
    problems: ["response 201 /commit must be object", "response 201 /finishedAt must be string"],
    reason: "Recorded answers have null for the commit of an image, and for the end of a deploy that has just begun.",
    rule: "A new deploy names its commit and its end as null; one that is read leaves out what is not there.",
  },
  {
    service: "render",
    routes: ["GET /services/{serviceId}/events"],
    problems: [
      `${EVENT} Deploy Ended, Initial Deploy Hook Started`,
      `${EVENT} Deploy Started, Initial Deploy Hook Started`,
      `${EVENT} Image Pull Failed, Maintenance Ended`,
      `${EVENT} Maintenance Ended, Server Available`,
    ],
    reason: "The alternatives do not name the event's type, so the details of one event fit another with fewer fields.",
  },
];
