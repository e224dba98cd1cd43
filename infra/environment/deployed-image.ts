/** The image that the environment runs, as the outputs tell it. */
import type { Input } from "@pulumi/pulumi";
import type { AppImage } from "./docker-image.ts";
import type { Site } from "./render-service.ts";

/** An image in its parts. */
export interface DeployedImage {
  /** Repository in the registry, without a tag. */
  readonly repository: string;
  readonly tag: Input<string>;
  /** `repository:tag` */
  readonly reference: Input<string>;
  readonly digest: Input<string>;
}

type DeclaredImage = Pick<AppImage, "repository" | "tag" | "reference" | "digest">;

/** The declared image or, when a pipeline deploys, what Render says that serves. */
export function deployedImage(image: DeclaredImage, site: Site | undefined): DeployedImage {
  const { repository, tag, reference, digest } = image;
  if (digest) return { repository, tag, reference, digest };
  const live = site?.liveImage.apply((served = reference) => served.slice(served.lastIndexOf(":") + 1)) ?? tag;
  return {
    repository,
    tag: live,
    reference: site ? site.liveImage.apply((served) => served ?? reference) : reference,
    digest: site?.liveDigest.apply((served) => served ?? "") ?? "",
  };
}
