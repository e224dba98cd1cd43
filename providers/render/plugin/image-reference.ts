/** Image references: what names an image in a registry, compared the way a registry would. */
import { parseReference } from "../../kit/image-reference.ts";

/** An image reference in its parts; the repository is complete, with host and namespace. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

/**
 * Takes an image reference apart; undefined when it is none. Docker Hub's short names are written out, so that
 * `nginx:1` and `docker.io/library/nginx:1` are the same (Distribution, "Reference grammar"; Docker's own short names).
 */
export function parseImage(reference: string): ImageReference | undefined {
  const image = parseReference(reference);
  if (!image) return undefined;
  const { registry, path, tag, digest } = image;
  return { repository: `${registry}/${path}`, ...(tag && { tag }), ...(digest && { digest }) };
}

/** Whether both references name the same image: equal after short names and a missing tag are written out. */
export function sameImage(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonical(one) === canonical(other);
}

/** Whether both references name the same repository, whatever their tag or digest. */
export function sameRepository(one: string, other: string): boolean {
  const repository = parseImage(one)?.repository;
  return repository !== undefined && repository === parseImage(other)?.repository;
}

/** What is wrong with a reference that a service is to run; undefined when nothing is. */
export function imageProblem(reference: string): string | undefined {
  const image = parseImage(reference);
  if (!image) return "is not an image reference; write `repository:tag` or `repository@sha256:…`";
  if (image.tag && image.digest) return "has both a tag and a digest; keep one of them";
  if (!image.tag && !image.digest) return "has no tag; write `repository:tag` or `repository@sha256:…`";
  return undefined;
}

function canonical(reference: string): string {
  const image = parseImage(reference);
  if (!image) return reference;
  return image.digest ? `${image.repository}@${image.digest}` : `${image.repository}:${image.tag ?? "latest"}`;
}
