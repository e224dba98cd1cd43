/** The CircleCI provider: its configuration and its resources. */
import { z } from "zod";
import type { CheckFailure, ProviderDefinition } from "../../kit/resource.ts";
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

/** Everything that the plugin serves. The token and base URL come from the environment, never from the state. */
export const circleciProvider: ProviderDefinition<CircleciClient> = {
  name: "circleci",
  version: VERSION,
  description: "CircleCI projects with safe settings, contexts, and what belongs to them.",
  config: z.object({}),
  secretEnvironment: ["CIRCLE_TOKEN"],
  checkConfig: (_config, environment) => checkEnvironment(environment),
  configure(_config, environment) {
    const [problem] = checkEnvironment(environment);
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

function checkEnvironment(environment: NodeJS.ProcessEnv): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (!environment["CIRCLE_TOKEN"]) {
    const reason =
      "the environment variable CIRCLE_TOKEN is not set; make a personal API token in CircleCI under User Settings, " +
      "Personal API Tokens, and run `export CIRCLE_TOKEN=...`";
    failures.push({ property: "", reason });
  }
  const baseUrl = environment["CIRCLE_BASE_URL"];
  if (baseUrl !== undefined && !isWebAddress(baseUrl)) {
    failures.push({ property: "", reason: `CIRCLE_BASE_URL is "${baseUrl}", which is no http or https address` });
  }
  return failures;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
