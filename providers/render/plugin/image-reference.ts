/** Image references: what names an image in a registry, compared the way a registry would. */

/** An image reference in its parts; the repository is complete, with host and namespace. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

const NAME = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const PATTERN = new RegExp(
  `^(?<repository>(?:[a-z0-9.-]+(?::[0-9]+)?/)?${NAME}(?:/${NAME})*)` +
    "(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$",
);

/**
 * Takes an image reference apart; undefined when it is none. Docker Hub's short names are written out, so that
 * `nginx:1` and `docker.io/library/nginx:1` are the same (Distribution, "Reference grammar"; Docker's own short names).
 */
export function parseImage(reference: string): ImageReference | undefined {
  const groups = PATTERN.exec(reference)?.groups;
  if (!groups?.["repository"]) return undefined;
  return {
    repository: completeRepository(groups["repository"]),
    ...(groups["tag"] && { tag: groups["tag"] }),
    ...(groups["digest"] && { digest: groups["digest"] }),
  };
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

function completeRepository(repository: string): string {
  const [host, ...path] = repository.split("/");
  const hasHost = path.length > 0 && host !== undefined && (/[.:]/.test(host) || host === "localhost");
  if (!hasHost) return path.length > 0 ? `docker.io/${repository}` : `docker.io/library/${repository}`;
  if (host !== "docker.io" && host !== "index.docker.io") return repository;
  return path.length === 1 ? `docker.io/library/${path[0]}` : `docker.io/${path.join("/")}`;
}

function canonical(reference: string): string {
  const image = parseImage(reference);
  if (!image) return reference;
  return image.digest ? `${image.repository}@${image.digest}` : `${image.repository}:${image.tag ?? "latest"}`;
}
