/** The image that the environment runs; in mode `build` it is built and pushed here. */
import * as docker from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { registryOf } from "../../providers/kit/image-reference.ts";
import type { PartOf } from "../config.ts";
import type { BuildContext } from "./build-context.ts";
import type { ImageSource } from "./image-source.ts";

/** Arguments of AppImage. */
export interface AppImageArgs {
  readonly settings: PartOf<"image">;
  readonly source: ImageSource;
}

/** An image in a registry. */
export class AppImage extends pulumi.ComponentResource {
  readonly repository: string;
  readonly tag: string;
  /** `repository:tag`. Never a digest: Render would take the reference apart at the next change. */
  readonly reference: string;
  /** Digest of the manifest; unknown while a preview cannot know it, undefined when a pipeline decides it. */
  readonly digest: pulumi.Output<string> | undefined;

  constructor(name: string, { settings, source }: AppImageArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:AppImage", name, {}, options);
    this.repository = settings.repository;
    this.tag = source.tag;
    this.reference = `${settings.repository}:${source.tag}`;
    if (source.kind === "build") {
      const image = new docker.Image(name, imageArgs(settings, source.buildContext, this.reference), {
        parent: this,
        // A delete would remove the pushed digest with every tag on it, and another environment may run it.
        retainOnDelete: true,
      });
      // In the preview of a changed image the plugin promises an empty digest.
      this.digest = image.digest.apply((digest) => digest || (pulumi.unknown as unknown as string));
    } else {
      this.digest = source.kind === "registry" ? source.digest : undefined;
    }
    this.registerOutputs({ reference: this.reference, digest: this.digest });
  }
}

function imageArgs(settings: PartOf<"image">, build: BuildContext, reference: string): docker.ImageArgs {
  const { repository, username, password, platforms, target, buildArguments, labels, cache } = settings;
  const secretIds = Object.keys(build.secrets);
  return {
    tags: [reference],
    context: { location: build.location },
    dockerfile: { location: build.dockerfile },
    platforms: platforms as docker.Platform[],
    buildArgs: buildArguments,
    push: true,
    // A preview needs neither a daemon nor the registry.
    buildOnPreview: false,
    ...(target && { target }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(cache && {
      cacheFrom: [{ registry: { ref: cache } }],
      // A release does not fail because its layers could not be kept.
      cacheTo: [{ registry: { ref: cache, mode: docker.CacheMode.Max, ignoreError: true } }],
    }),
    // Another pip configuration or certificate bundle makes no other image.
    ...(secretIds.length > 0 && { secrets: build.secrets, ignoreSecretsInDiffCalculation: secretIds }),
    ...(username && password && { registries: [{ address: registryOf(repository), username, password }] }),
  };
}
