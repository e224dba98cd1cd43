/** Image references, completed as Render stores them. */

const REFERENCE =
  /^(?<repository>[a-z0-9][a-z0-9._:/-]*[a-z0-9]|[a-z0-9])(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** A reference taken apart. */
export interface ImageReference {
  /** With its host and namespace: `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes a reference apart; undefined when it is none. Short names mean Docker Hub. */
export function parseImage(reference: string): ImageReference | undefined {
  const [name = "", digest] = reference.trim().split("@");
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/");
  const repository = hasTag ? name.slice(0, colon) : name;
  const tag = hasTag ? name.slice(colon + 1) : undefined;
  const rebuilt = `${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
  if (!REFERENCE.test(rebuilt)) return undefined;
  return {
    repository: withHost(repository),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** `nginx` as `docker.io/library/nginx:latest`. */
export function formatImage({ repository, tag, digest }: ImageReference): string {
  if (digest !== undefined) return `${repository}@${digest}`;
  return `${repository}:${tag ?? "latest"}`;
}

function withHost(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  if (rest.length === 0) return `docker.io/library/${repository}`;
  const isHost = first === "localhost" || /[.:]/.test(first);
  return isHost ? repository : `docker.io/${repository}`;
}
