/** Container images. */
import type { ResourceKind } from "./kind.ts";
import { medium } from "./meaning.ts";
import { at, knownValue, notably } from "./rule.ts";

/** How long a digest is where a person reads it. */
const SHORT_DIGEST = 12;

/** Tag of an image reference; undefined when it has none. */
export function tagOf(reference: unknown): string | undefined {
  const [, tag] = /:([\w][\w.-]*)(?:@[\w:]+)?$/.exec(String(reference)) ?? [];
  return tag;
}

/** The tag in a sentence: of one that is made from the content, the part that tells it apart. */
export function shortTag(tag: string): string {
  return /^content-([0-9a-f]{8})[0-9a-f]*$/.exec(tag)?.[1] ?? tag;
}

/** A digest in a sentence. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, SHORT_DIGEST);
}

/** By type. */
export const image: Readonly<Record<string, ResourceKind>> = {
  "docker-build:index:Image": {
    service: "Image",
    kind: "image",
    labels: ["tags.0"],
    shown: (reference) => reference.replace(/:[\w][\w.-]*$/, ""),
    loss: "Its plugin deletes it from the registry, with every tag on it.",
    unordered: ["tags", "platforms"],
    bookkeeping: ["digest", "ref"],
    // The tag is made from the files, so it tells of them; a tag that is the same does not.
    follows: { contextHash: "tags" },
    secrets: ["secrets.*", "registries.*.password"],
    rules: [
      at("tags", ({ change }) => {
        const tags = knownValue(change.after);
        const tag = tagOf(Array.isArray(tags) ? tags[0] : undefined);
        return medium("builds", tag === undefined ? "an image" : `image ${shortTag(tag)}`);
      }),
      at("contextHash", () => medium("builds", "the image again, from other files")),
      at("buildArgs.*", ({ captured }) => medium("changes", `the build argument ${captured[0]}`)),
      notably("target", "the Dockerfile's stage"),
      at("platforms", () => medium("changes", "the platforms that the image is for")),
      at("registries.*.password", () => medium("rotates", "the password with which the image is pushed")),
      at("secrets.*", ({ captured }) => medium("rotates", `the build secret ${captured[0]}`)),
    ],
    says: {
      create: (label) => medium("builds", `image ${shortTag(tagOf(label) ?? label)}`),
    },
  },
};
