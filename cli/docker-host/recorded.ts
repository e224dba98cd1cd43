/** The address of a Docker engine that stands in a stack's state. */
import { parseExportedStack, providerUrn } from "../recover/exported-stack.ts";

const IMAGE = "docker-build:index:Image";

/**
 * The DOCKER_HOST with which the image's provider was made; undefined when it was made without, or there is no image.
 * The plugin takes the variable into the provider's inputs (docker-build's own source, `Config.Annotate`).
 * @param exported the output of `pulumi stack export`; of another form, nothing is recorded in it.
 */
export function recordedDockerHost(exported: string): string | undefined {
  const resources = resourcesOf(exported);
  const image = resources.find((resource) => resource.type === IMAGE && !resource.delete);
  const provider = image && resources.find(({ urn }) => urn === providerUrn(image));
  const host = provider?.inputs["host"];
  return typeof host === "string" && host !== "" ? host : undefined;
}

function resourcesOf(exported: string): ReturnType<typeof parseExportedStack>["resources"] {
  try {
    return parseExportedStack(exported).resources;
  } catch {
    return [];
  }
}
