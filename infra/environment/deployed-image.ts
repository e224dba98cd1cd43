/** The image that the environment runs, as the outputs tell it. */
import type { Outputs } from "../../contract/schema.ts";
import type { Declared } from "../../lib/declared.ts";
import { parseReference } from "../../providers/kit/image-reference.ts";
import type { AppImage } from "./docker-image.ts";
import type { Site } from "./render-service.ts";

/** The declared image or, when a pipeline deploys, what Render says that serves. */
export function deployedImage(
  { repository, tag, reference, digest }: Pick<AppImage, "repository" | "tag" | "reference" | "digest">,
  site: Site | undefined,
): Declared<NonNullable<Outputs["image"]>> {
  if (digest || !site) return { repository, tag, reference, digest: digest ?? "" };
  const live = site.liveImage.apply((served) => served ?? reference);
  return {
    repository,
    tag: live.apply(tagOf),
    reference: live,
    digest: site.liveDigest.apply((served) => served ?? ""),
  };
}

/** Empty for an image that is named by its digest alone. */
function tagOf(served: string): string {
  const { tag, digest } = parseReference(served) ?? {};
  return tag ?? (digest === undefined ? "latest" : "");
}
