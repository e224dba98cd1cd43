/** The Render provider: its configuration and its resources. */
import { z } from "zod";
import type { ProviderDefinition } from "../../kit/resource.ts";
import { checkServiceEnvironment } from "../../kit/service-environment.ts";
import { VERSION } from "../version.ts";
import { backgroundWorker } from "./background-worker.ts";
import { RenderClient } from "./client.ts";
import { cronJob } from "./cron-job.ts";
import { customDomain } from "./custom-domain.ts";
import { environment } from "./environment.ts";
import { getOwner } from "./get-owner.ts";
import { getService } from "./get-service.ts";
import { keyValue } from "./key-value.ts";
import { postgres } from "./postgres.ts";
import { privateService } from "./private-service.ts";
import { project } from "./project.ts";
import { registryCredential } from "./registry-credential.ts";
import { webService } from "./web-service.ts";

const VARIABLES = {
  token: "RENDER_API_KEY",
  baseUrl: "RENDER_BASE_URL",
  howToGetToken: "make an API key in the Render dashboard under Account Settings, API Keys",
};

/** Everything that the plugin serves. The API key and base URL come from the environment, never from the state. */
export const renderProvider: ProviderDefinition<RenderClient> = {
  name: "render",
  version: VERSION,
  description:
    "Services and cron jobs on Render, with verified deploys, their databases and key value stores, and what belongs to them.",
  displayName: "Render",
  keywords: ["pulumi", "render", "deploy", "docker"],
  license: "Apache-2.0",
  config: z.object({}),
  secretEnvironment: ["RENDER_API_KEY"],
  checkConfig: (_config, environment) => checkServiceEnvironment(VARIABLES, environment),
  configure(_config, environment) {
    const [problem] = checkServiceEnvironment(VARIABLES, environment);
    if (problem) throw new Error(problem.reason);
    return new RenderClient(environment["RENDER_API_KEY"] ?? "", environment["RENDER_BASE_URL"]);
  },
  resources: [
    registryCredential,
    project,
    environment,
    postgres,
    keyValue,
    webService,
    privateService,
    backgroundWorker,
    cronJob,
    customDomain,
  ],
  functions: [getOwner, getService],
};
