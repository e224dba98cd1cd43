/** docker-build's Image: build and push, with the outputs, previews and differences of the vendor's plugin. */
import { join, resolve } from "node:path";
import type { CallContext, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { canonical, type Incomplete } from "../../bridge/value.ts";
import { parseReference, withDigest } from "../../registry/reference.ts";
import type { Build } from "./build.ts";
import { hashBuildContext } from "./context-hash.ts";
import { checkImage } from "./image-check.ts";
import { imageDifferences } from "./image-difference.ts";
import { type ImageInputs, type ImageOutputs, imageInputs, imageOutputs, type Registry } from "./image-schema.ts";
import { deletePushed, findPushedTags } from "./pushed-image.ts";

/** What Configure makes: the environment of the build, and logins that every image may use. */
export interface DockerBuildClient {
  readonly environment: NodeJS.ProcessEnv;
  readonly registries: readonly Registry[];
}

type Context = CallContext<DockerBuildClient>;
type Image = ResourceDefinition<DockerBuildClient, ImageInputs, ImageOutputs>;

const results = ["contextHash", "digest", "ref"] as const;

/**
 * The definition, on something that builds. The id is the digest of the first push, and stays that.
 * @param folder what relative locations start from.
 */
export function imageResource(build: Build, folder: string): Image {
  const paths = imagePaths(folder);
  return {
    token: "docker-build:index:Image",
    description: "An image that is built from a folder and pushed to a registry.",
    inputs: imageInputs,
    outputs: imageOutputs,
    secrets: ["secrets"],
    check: (inputs) => checkImage(inputs, folder),
    diff: imageDifferences,

    complete({ context }) {
      const { location } = context ?? { location: "." };
      return { context: { location }, dockerfile: { location: join(location, "Dockerfile") } };
    },

    changes(prior, inputs) {
      if (inputs.context?.location === undefined) return [];
      return inputs.pull || hashOf(paths(inputs)) !== prior.outputs.contextHash ? ["contextHash"] : [];
    },

    /** Known, though wrong, when only what is built changes: the tag without a digest, and an empty digest. */
    preview(inputs, prior) {
      if (!prior || inputs.context?.location === undefined) return {};
      if (canonical(inputs.tags) !== canonical(prior.inputs.tags)) return {};
      return { contextHash: hashOf(paths(inputs)), digest: "", ref: firstTag(inputs) };
    },

    unstable: (changed) => (changed.includes("tags") ? results : []),

    async create(context, inputs) {
      const outputs = await buildImage(context, inputs, paths(inputs), build);
      return { id: outputs.digest, outputs };
    },

    async read(context, id, prior) {
      if (!prior) throw new Error("docker-build's Image cannot be imported: a registry does not tell its inputs");
      const { inputs, outputs } = prior;
      const registries = loginsFor(context, inputs);
      const { tags, unverified } = await findPushedTags(outputs, registries, context.signal);
      if (unverified !== undefined) {
        context.log("warning", `unable to verify image tags, leaving state unchanged: ${unverified}`);
        return { id, inputs, outputs };
      }
      if (outputs.tags?.length && tags.length === 0) return undefined;
      return { id, inputs, outputs: { ...outputs, tags: [...tags] } };
    },

    update: (context, _id, _prior, inputs) => buildImage(context, inputs, paths(inputs), build),

    async delete(context, _id, { inputs, outputs }) {
      const warn = (message: string): void => context.log("warning", message);
      await deletePushed(outputs, loginsFor(context, inputs), context.signal, warn);
    },
  };
}

async function buildImage(
  context: Context,
  inputs: ImageInputs,
  paths: ImagePaths,
  build: Build,
): Promise<ImageOutputs> {
  const contextHash = hashOf(paths);
  const request = {
    ...paths,
    buildArgs: inputs.buildArgs ?? {},
    secrets: inputs.secrets ?? {},
    ...(inputs.target && { target: inputs.target }),
    platforms: inputs.platforms ?? [],
    ...(inputs.labels && { labels: inputs.labels }),
    tags: inputs.tags ?? [],
    registries: loginsFor(context, inputs).map(({ address, username = "", password = "" }) => ({
      address,
      username,
      password,
    })),
    signal: context.signal,
    onLog: (line: string): void => context.progress(line),
  };
  if (inputs.cacheTo?.length || inputs.cacheFrom?.length) {
    context.log(
      "info",
      "the sandbox keeps layers on this machine; the cache in the registry is neither read nor written",
    );
  }
  const { digest } = await build(request, context.client.environment);
  const refs = (inputs.tags ?? []).flatMap((tag) => withDigest(tag, digest) ?? []);
  return { ...inputs, contextHash, digest, ref: refs[0] ?? firstTag(inputs) };
}

/** An image's own logins come before the provider's. */
function loginsFor({ client }: Context, inputs: ImageInputs): readonly Registry[] {
  return [...(inputs.registries ?? []), ...client.registries];
}

function hashOf({ contextDir, dockerfile }: ImagePaths): string {
  try {
    return hashBuildContext(contextDir, dockerfile);
  } catch (error) {
    throw new Error(`hashing build context: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What an image is built from. */
interface ImagePaths {
  readonly contextDir: string;
  readonly dockerfile: string;
}

function imagePaths(folder: string): (inputs: Incomplete<ImageInputs>) => ImagePaths {
  return ({ context, dockerfile }) => {
    const contextDir = resolve(folder, context?.location ?? ".");
    return { contextDir, dockerfile: resolve(folder, dockerfile?.location ?? join(contextDir, "Dockerfile")) };
  };
}

function firstTag(inputs: Incomplete<ImageInputs>): string {
  const tags = inputs.tags ?? [];
  return tags.find((tag) => parseReference(tag) !== undefined) ?? tags[0] ?? "";
}
