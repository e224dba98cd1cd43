/** Names of images: `localhost:5000/acme/site:tag`. */
import { parseReference as parseImage } from "../../../providers/kit/image-reference.ts";

/** A name that says which registry it is in. */
export interface ImageReference {
  /** Host of the registry, with its port if it names one. */
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
}

/** What a name says, or undefined when it does not name its registry. */
export function parseReference(name: string): ImageReference | undefined {
  const { host, path, tag = "latest", digest } = parseImage(name) ?? {};
  return host && path && digest === undefined ? { host, repository: path, tag } : undefined;
}

/** `repository:tag@digest`, or undefined when the name does not name its registry. */
export function withDigest(name: string, digest: string): string | undefined {
  const reference = parseReference(name);
  return reference && `${reference.host}/${reference.repository}:${reference.tag}@${digest}`;
}
