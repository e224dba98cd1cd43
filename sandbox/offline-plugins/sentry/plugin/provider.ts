/** The offline edition of the sentry plugin: the resource types that the delivery chain declares. */
import type { ProviderDefinition } from "../../../../providers/kit/resource.ts";
import { sentry } from "../../editions.ts";
import { SentryClient } from "./client.ts";
import { configSchema, resolveConfiguration } from "./configuration.ts";
import { issueAlert } from "./issue-alert.ts";
import { key } from "./key.ts";
import { project } from "./project.ts";
import { team } from "./team.ts";

export const provider: ProviderDefinition<SentryClient> = {
  ...sentry,
  description: "The calls, waits and failures of the vendor's sentry plugin, for the types that the chain declares.",
  config: configSchema,
  secretConfig: ["token"],
  secretEnvironment: ["SENTRY_AUTH_TOKEN", "SENTRY_TOKEN"],
  configure: (config, environment) => new SentryClient(resolveConfiguration(config, environment)),
  resources: [team, project, key, issueAlert],
};
