/** Every place where emulated Render answers otherwise than was recorded, and why it does. */
import type { Deviation } from "../deviations/deviation.ts";

/** Where the answers to requests about services have the service itself. */
const SERVICE_PLACES = [
  { routes: ["GET /services/{srv}", "PATCH /services/{srv}"], status: 200, place: "" },
  { routes: ["GET /services"], status: 200, place: "[].service." },
  { routes: ["POST /services"], status: 201, place: "service." },
] as const;

const ofService = (problems: readonly string[], reason: string): Deviation[] =>
  SERVICE_PLACES.map(({ routes, status, place }) => ({
    service: "render",
    routes,
    problems: problems.map((problem) => `${status}: ${place}${problem}`),
    reason,
  }));

/**
 * The table. Routes are requests as they are recorded; problems are in the words of the comparison. The recordings are
 * of a provider's tests of 2024 to 2026, so they do not hold what those tests never asked for.
 */
export const explained: readonly Deviation[] = [
  ...ofService(
    [
      "registryCredential is not recorded",
      "serviceDetails.healthCheckPath is string, recorded empty string",
      "serviceDetails.maxShutdownDelaySeconds is not recorded",
    ],
    "Set by the request that made or changed the service; no recorded one sets it. Described.",
  ),
  ...ofService(
    ["serviceDetails.openPorts is null, recorded array"],
    "A service that has not listened yet has null (public reports of 2026); the recorded ones had ports.",
  ),
  {
    service: "render",
    routes: ["GET /services/{srv}", "PATCH /services/{srv}"],
    problems: ["200: serviceDetails.renderSubdomainPolicy is not recorded"],
    reason: "Set by the request that changed the service; no recorded one sets it. Described.",
  },
  {
    service: "render",
    routes: ["GET /services"],
    problems: ["200: [].service.serviceDetails.renderSubdomainPolicy is not recorded"],
    reason: "The same, listed.",
  },
  {
    service: "render",
    routes: ["GET /services/{srv}"],
    problems: ["200: suspenders is array, recorded empty array", "200: suspenders[] is not recorded"],
    reason: "No recorded service was suspended. Described.",
  },
  {
    service: "render",
    routes: ["GET /services/{srv}", "PATCH /services/{srv}"],
    problems: ["200: serviceDetails.ipAllowList is not recorded"],
    reason: "Web services have it since 2026, as Postgres has it in the recordings: absent until it is set.",
  },
  {
    service: "render",
    routes: ["POST /services"],
    problems: ["201: service.serviceDetails.ipAllowList is not recorded"],
    reason: "Web services have it since 2026, as Postgres has it in the recordings: absent until it is set.",
  },
  {
    service: "render",
    routes: ["PATCH /environments/{evm}"],
    problems: ["200: serviceIds is array, recorded null", "200: serviceIds[] is not recorded"],
    reason: "The recorded changes were made to environments without services.",
  },
  {
    service: "render",
    routes: ["GET /postgres/{dpg}"],
    problems: ["200: suspenders is array, recorded empty array", "200: suspenders[] is not recorded"],
    reason: "No recorded database was suspended. Described.",
  },
  {
    service: "render",
    routes: ["GET /postgres/{dpg}"],
    problems: ["200: primaryPostgresID is not recorded"],
    reason: "No replica was asked for by its own id in the recordings. Described.",
  },
  {
    service: "render",
    routes: ["POST /postgres"],
    problems: ["201: expiresAt is not recorded"],
    reason: "No recorded database was free, and only a free one ends. Described.",
  },
  {
    service: "render",
    routes: ["PATCH /postgres/{dpg}"],
    problems: ["200: parameterOverrides.work_mem is not recorded"],
    reason: "A setting that other recorded answers have; no recorded change left it in place.",
  },
  {
    service: "render",
    routes: ["PATCH /environments/{evm}"],
    problems: ["200: networkIsolationEnabled is absent, recorded always"],
    reason: "Each recorded change set it. Of other answers it is absent in some.",
  },
  {
    service: "render",
    routes: ["POST /env-groups"],
    problems: [
      "201: secretFiles is empty array, recorded array",
      "201: serviceLinks is array, recorded empty array",
      "201: serviceLinks[] is not recorded",
    ],
    reason: "Each recorded group had secret files, and none was linked to a service. Described.",
  },
  {
    service: "render",
    routes: ["GET /env-groups/{evg}", "PUT /env-groups/{evg}/env-vars/{key}"],
    problems: [
      "200: secretFiles is empty array, recorded array",
      "200: serviceLinks is array, recorded empty array",
      "200: serviceLinks[] is not recorded",
    ],
    reason: "The same when it is read or changed.",
  },
  {
    service: "render",
    routes: ["POST /services"],
    problems: ["201: service.environmentId is not recorded"],
    reason: "The recorded services were put into their environments afterwards. The request may name one. Described.",
  },
  {
    service: "render",
    routes: ["GET /services"],
    problems: [
      "200: . is empty array, recorded array",
      "200: [].service.serviceDetails.envSpecificDetails.dockerCommand is string, recorded empty string",
    ],
    reason: "The recorded searches each found a service, none with a start command of its own.",
  },
  {
    service: "render",
    routes: ["POST /services"],
    problems: ["201: service.serviceDetails.envSpecificDetails.dockerCommand is string, recorded empty string"],
    reason: "No recorded service was made with a start command of its own; changed ones have it.",
  },
  {
    service: "render",
    routes: ["GET /services/{crn}"],
    problems: ["200: serviceDetails.lastSuccessfulRunAt is not recorded"],
    reason: "No recorded cron job had run. Described.",
  },
  {
    service: "render",
    routes: ["GET /services/{crn}", "PATCH /services/{crn}"],
    problems: ["200: registryCredential is not recorded"],
    reason: "The recorded cron jobs had public images. Described.",
  },
  {
    service: "render",
    routes: ["POST /services/{crn}/deploys"],
    problems: ["201: image.registryCredential is not recorded"],
    reason: "The recorded cron jobs had public images. Described.",
  },
  {
    service: "render",
    routes: ["GET /services"],
    problems: [
      "200: [].service.serviceDetails.numInstances is absent, recorded always",
      "200: [].service.serviceDetails.previews is absent, recorded always",
      "200: [].service.serviceDetails.pullRequestPreviewsEnabled is absent, recorded always",
      "200: [].service.serviceDetails.sshAddress is absent, recorded always",
      "200: [].service.serviceDetails.schedule is not recorded",
    ],
    reason: "No recorded search found a cron job; one that is read by its id is so.",
  },
  {
    service: "render",
    routes: ["POST /services/{srv}/deploys"],
    problems: ["201: image.registryCredential is not recorded"],
    reason: "The recorded images were public. Described.",
  },
  {
    service: "render",
    routes: ["POST /services/{srv}/deploys"],
    problems: ["201: image.sha is absent, recorded always"],
    reason: "The registry knows no such image. Every recorded one was there.",
  },
  {
    service: "render",
    routes: ["GET /services/{srv}/custom-domains"],
    problems: ["200: [].customDomain.redirectForName is string, recorded empty string"],
    reason: "Render adds the www name of an apex and the reverse (Custom Domains on Render); recorded are others.",
  },
  {
    service: "render",
    routes: ["POST /services/{srv}/custom-domains"],
    problems: ["201: [].redirectForName is string, recorded empty string"],
    reason: "Render adds the www name of an apex and the reverse (Custom Domains on Render); recorded are others.",
  },
];
