/** The offline edition of the docker plugin: the look-up of an image's tag, which `image.delivery: pinned` needs. */
import type { ProviderDefinition } from "../../../../providers/kit/resource.ts";
import { docker } from "../../editions.ts";
import { configSchema, type DockerConfiguration, resolveConfiguration } from "./configuration.ts";
import { requireDaemon } from "./daemon.ts";
import { getRegistryImage } from "./registry-image.ts";

/** Time within which Configure must have heard from the daemon. */
const PING_TIMEOUT_MS = 10_000;

export const provider: ProviderDefinition<DockerConfiguration> = {
  ...docker,
  description: "The calls and failures of the vendor's docker plugin, for getRegistryImage.",
  config: configSchema,
  secretConfig: ["registryAuth"],
  secretEnvironment: ["DOCKER_REGISTRY_PASS"],
  async configure(config, environment) {
    const configuration = resolveConfiguration(config, environment);
    await requireDaemon(configuration.host, AbortSignal.timeout(PING_TIMEOUT_MS));
    return configuration;
  },
  resources: [],
  functions: [getRegistryImage],
};
