/** The CircleCI provider: its configuration and its resources. */
import { z } from "zod";
import type { ProviderDefinition } from "../../kit/resource.ts";
import { checkServiceEnvironment } from "../../kit/service-environment.ts";
import { VERSION } from "../version.ts";
import { checkoutKey } from "./checkout-key.ts";
import { CircleciClient } from "./client.ts";
import { context } from "./context.ts";
import { contextRestriction } from "./context-restriction.ts";
import { contextVariable } from "./context-variable.ts";
import { pipelineDefinition } from "./pipeline-definition.ts";
import { project } from "./project.ts";
import { projectVariable } from "./project-variable.ts";
import { trigger } from "./trigger.ts";

const VARIABLES = {
  token: "CIRCLE_TOKEN",
  baseUrl: "CIRCLE_BASE_URL",
  howToGetToken: "make a personal API token in CircleCI under User Settings, Personal API Tokens",
};

/** Everything that the plugin serves. The token and base URL come from the environment, never from the state. */
export const circleciProvider: ProviderDefinition<CircleciClient> = {
  name: "circleci",
  version: VERSION,
  description: "CircleCI projects with safe settings, contexts, and what belongs to them.",
  displayName: "CircleCI",
  keywords: ["pulumi", "circleci", "ci"],
  license: "Apache-2.0",
  config: z.object({}),
  secretEnvironment: ["CIRCLE_TOKEN"],
  checkConfig: (_config, environment) => checkServiceEnvironment(VARIABLES, environment),
  configure(_config, environment) {
    const [problem] = checkServiceEnvironment(VARIABLES, environment);
    if (problem) throw new Error(problem.reason);
    return new CircleciClient(environment["CIRCLE_TOKEN"] ?? "", environment["CIRCLE_BASE_URL"]);
  },
  resources: [
    project,
    checkoutKey,
    projectVariable,
    context,
    contextVariable,
    contextRestriction,
    pipelineDefinition,
    trigger,
  ],
};
