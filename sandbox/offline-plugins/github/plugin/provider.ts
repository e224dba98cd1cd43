/** The offline edition of the github plugin: the resource types that the delivery chain declares. */
import type { ProviderDefinition } from "../../../../providers/kit/resource.ts";
import { bridged } from "../../bridge/bridged.ts";
import { github } from "../../editions.ts";
import { alerts } from "./alerts.ts";
import { GitHubClient } from "./client.ts";
import { configSchema, resolveConfiguration } from "./configuration.ts";
import { file } from "./file.ts";
import { repository } from "./repository.ts";
import { ruleset } from "./ruleset.ts";

/** Time within which Configure must have heard from GitHub. */
const CONNECT_TIMEOUT_MS = 60_000;

const plugin = `${github.name}@${github.version}`;

export const provider: ProviderDefinition<GitHubClient> = {
  ...github,
  description: "The calls, waits and failures of the vendor's github plugin, for the types that the chain declares.",
  config: configSchema,
  secretConfig: ["token"],
  secretEnvironment: ["GITHUB_TOKEN"],
  configure(config, environment) {
    return GitHubClient.connect(resolveConfiguration(config, environment), AbortSignal.timeout(CONNECT_TIMEOUT_MS));
  },
  resources: [bridged(repository, plugin), bridged(ruleset, plugin), bridged(file, plugin), bridged(alerts, plugin)],
};
