/** Where the traffic with Render is not as its description says, and why it stays so. */
import type { Deviation } from "./deviation.ts";

const WEB_SERVICE = "serviceDetails fits several alternatives: webServiceDetails, privateServiceDetails";
const EVENT = "response 200 /*/event/details fits several alternatives:";

const ALIKE = "/serviceDetails fits several alternatives: privateServiceDetails, backgroundWorkerDetails";

export const renderDeviations: readonly Deviation[] = [
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
    routes: ["GET /postgres/{postgresId}", "PATCH /postgres/{postgresId}", "POST /postgres/{postgresId}/recovery"],
    problems: ["response 200 /ipAllowList must be array", "response 200 must have required property 'project'"],
    reason:
      "Recorded databases have no project, which the schema requires and does not describe; a list is null (56 of 66).",
    rule: "An empty allow list of a database is null, and a database names no project.",
  },
  {
    service: "render",
    routes: ["POST /postgres"],
    problems: ["response 201 /ipAllowList must be array", "response 201 must have required property 'project'"],
    reason: "The same in the answer to a creation (4 of 5).",
    rule: "An empty allow list of a database is null, and a database names no project.",
  },
  {
    service: "render",
    routes: ["GET /postgres"],
    problems: ["response 200 /*/postgres/ipAllowList must be array"],
    reason: "The same in the list; no list of databases is recorded.",
    rule: "An empty allow list of a database is null, and a database names no project.",
  },
  {
    service: "render",
    routes: ["POST /postgres", "PATCH /postgres/{postgresId}"],
    problems: ["request body /parameterOverrides is not described"],
    reason: "Recorded requests of 2026 set it, and the answers have it.",
    rule: "Settings of PostgreSQL are set as a whole, and absent while there are none.",
  },
  {
    service: "render",
    routes: ["GET /key-value/{keyValueId}", "PATCH /key-value/{keyValueId}"],
    problems: ["response 200 /ipAllowList must be array"],
    reason: "Recorded: a list is null (18 of 28).",
    rule: "An empty allow list of a key value store is null; it is told with its options and no address in the dashboard.",
  },
  {
    service: "render",
    routes: ["POST /key-value"],
    problems: ["response 201 /ipAllowList must be array"],
    reason: "The same in the answer to a creation (3 of 5).",
    rule: "An empty allow list of a key value store is null; it is told with its options and no address in the dashboard.",
  },
  {
    service: "render",
    routes: ["GET /key-value"],
    problems: [
      "response 200 /*/keyValue/ipAllowList must be array",
      "response 200 /*/keyValue must have required property 'dashboardUrl'",
    ],
    reason: "The same in the list; no list of stores is recorded.",
    rule: "An empty allow list of a key value store is null; it is told with its options and no address in the dashboard.",
  },
  {
    service: "render",
    routes: ["POST /key-value", "PATCH /key-value/{keyValueId}"],
    problems: ["request body /persistenceMode is not described"],
    reason: "Recorded requests of 2026 set it, and the answers have it.",
    rule: "Persistence is a journal with snapshots unless it is chosen; a free key value store has none.",
  },
  {
    service: "render",
    routes: ["PATCH /postgres/{postgresId}"],
    problems: ["request body /readReplicas must be array"],
    reason: "Terraform's provider sends null for a list that it does not set, and Render takes it (recorded).",
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
      `${EVENT} Cron Job Run Ended, Cron Job Run Started`,
      `${EVENT} Cron Job Run Started, Maintenance Ended`,
    ],
    reason: "The alternatives do not name the event's type, so the details of one event fit another with fewer fields.",
  },
  {
    service: "render",
    routes: ["GET /services", "GET /services/{serviceId}", "PATCH /services/{serviceId}"],
    problems: [`response 200 /*/service${ALIKE}`, `response 200 ${ALIKE}`],
    reason: "What a private service has, a worker may have, and the alternatives do not name the service's type.",
  },
];
