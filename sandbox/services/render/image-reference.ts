/** Image references, completed as Render stores them. */
import { parseReference } from "../../../providers/kit/image-reference.ts";

/** A reference taken apart. */
export interface ImageReference {
  /** With its host and namespace: `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes a reference apart; undefined when it is none. Short names mean Docker Hub. */
export function parseImage(reference: string): ImageReference | undefined {
  const image = parseReference(reference.trim());
  if (!image) return undefined;
  const { registry, path, tag, digest } = image;
  return { repository: `${registry}/${path}`, ...(tag && { tag }), ...(digest && { digest }) };
}

/** `nginx` as `docker.io/library/nginx:latest`. */
export function formatImage({ repository, tag, digest }: ImageReference): string {
  if (digest !== undefined) return `${repository}@${digest}`;
  return `${repository}:${tag ?? "latest"}`;
}
