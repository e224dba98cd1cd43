/** The Render provider: its configuration and its resources. */
import { z } from "zod";
import type { CheckFailure, ProviderDefinition } from "../../kit/resource.ts";
import { VERSION } from "../version.ts";
import { RenderClient } from "./client.ts";
import { environment } from "./environment.ts";
import { getOwner } from "./get-owner.ts";
import { getService } from "./get-service.ts";
import { project } from "./project.ts";
import { registryCredential } from "./registry-credential.ts";
import { webService } from "./web-service.ts";

/** Everything that the plugin serves. The API key and base URL come from the environment, never from the state. */
export const renderProvider: ProviderDefinition<RenderClient> = {
  name: "render",
  version: VERSION,
  description: "Web services on Render, with verified deploys, and what belongs to them.",
  config: z.object({}),
  secretEnvironment: ["RENDER_API_KEY"],
  checkConfig: (_config, environment) => checkEnvironment(environment),
  configure(_config, environment) {
    const [problem] = checkEnvironment(environment);
    if (problem) throw new Error(problem.reason);
    return new RenderClient(environment["RENDER_API_KEY"] ?? "", environment["RENDER_BASE_URL"]);
  },
  resources: [registryCredential, project, environment, webService],
  functions: [getOwner, getService],
};

function checkEnvironment(environment: NodeJS.ProcessEnv): CheckFailure[] {
  const baseUrl = environment["RENDER_BASE_URL"];
  return [
    ...(environment["RENDER_API_KEY"]
      ? []
      : [
          {
            property: "",
            reason:
              "the environment variable RENDER_API_KEY is not set; make an API key in the Render dashboard under Account " +
              "Settings, API Keys, and run `export RENDER_API_KEY=...`",
          },
        ]),
    ...(baseUrl === undefined || isWebAddress(baseUrl)
      ? []
      : [{ property: "", reason: `RENDER_BASE_URL is "${baseUrl}", which is no http or https address` }]),
  ];
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
