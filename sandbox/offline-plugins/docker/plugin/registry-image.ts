/** docker.getRegistryImage: the digest that a tag stands for in a registry, looked up without a daemon. */
import { z } from "zod";
import { parseReference as parseImage } from "../../../../providers/kit/image-reference.ts";
import type { FunctionDefinition } from "../../../../providers/kit/resource.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { requestManifest } from "../../registry/manifests.ts";
import { type ImageReference, parseReference } from "../../registry/reference.ts";
import type { DockerConfiguration } from "./configuration.ts";

const DOCKER_HUB = "registry-1.docker.io";

const imageArguments = z.object({ name: z.string(), insecureSkipVerify: z.boolean().default(false) });
const imageResult = imageArguments.extend({ id: z.string(), sha256Digest: z.string() });

type ImageArguments = z.output<typeof imageArguments>;
type ImageResult = z.output<typeof imageResult>;

export const getRegistryImage: FunctionDefinition<DockerConfiguration, ImageArguments, ImageResult> = {
  token: "docker:index/getRegistryImage:getRegistryImage",
  description: "The digest of a tag in a registry.",
  inputs: imageArguments,
  outputs: imageResult,

  async invoke({ client, signal }, args) {
    const { name, insecureSkipVerify = false } = args;
    if (insecureSkipVerify) throw new BridgedError("insecureSkipVerify is not in the offline edition; leave it out");
    const { host, repository, tag } = parseReference(name) ?? onDockerHub(name);
    const access = client.access(host);
    const failure = `Got error when attempting to fetch image version ${repository}:${tag} from registry`;
    const response = await requestManifest({ method: "HEAD", ...access, repository, reference: tag, signal }).catch(
      (error: unknown) => {
        signal.throwIfAborted();
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        throw new BridgedError(`${failure}: ${cause instanceof Error ? cause.message : String(cause)}`);
      },
    );
    if (!response.ok) {
      throw new BridgedError(`${failure}: Got bad response from registry: ${response.status} ${response.statusText}`);
    }
    const digest = response.headers.get("docker-content-digest");
    if (!digest) throw new BridgedError(`${failure}: the registry did not name a digest`);
    return { id: digest, name, insecureSkipVerify, sha256Digest: digest };
  },
};

/** A name without a registry is one on Docker Hub, whose own images are in `library`. */
function onDockerHub(name: string): ImageReference {
  const { path = name, tag = "latest" } = parseImage(name) ?? {};
  return { host: DOCKER_HUB, repository: path, tag };
}
