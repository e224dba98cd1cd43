/** The offline edition of the docker-build plugin: Image, built by the sandbox's own container engine. */
import { z } from "zod";
import type { ProviderDefinition } from "../../../../providers/kit/resource.ts";
import { dockerBuild } from "../../editions.ts";
import type { Build } from "./build.ts";
import { type DockerBuildClient, imageResource } from "./image.ts";
import { registrySchema } from "./image-schema.ts";

const configSchema = z.object({
  host: z.string().optional().describe("Address of the build daemon; DOCKER_HOST when not set."),
  registries: z.array(registrySchema).optional().describe("Logins that every image may use."),
});

/**
 * The provider, on something that builds. Configure calls nothing.
 * @param folder what relative locations start from.
 */
export function dockerBuildProvider(build: Build, folder = process.cwd()): ProviderDefinition<DockerBuildClient> {
  return {
    ...dockerBuild,
    description: "The outputs, previews and failures of the vendor's docker-build plugin, for Image.",
    config: configSchema,
    // As the vendor's: the address of the machine becomes an input, and any change of one replaces every image.
    completeConfig: (_config, { DOCKER_HOST }) => (DOCKER_HOST ? { host: DOCKER_HOST } : {}),
    replaceOnConfigChanges: ["host", "registries"],
    configure(config, environment) {
      const { host, registries = [] } = configSchema.parse(config);
      return { environment: host ? { ...environment, DOCKER_HOST: host } : environment, registries };
    },
    resources: [imageResource(build, folder)],
  };
}
