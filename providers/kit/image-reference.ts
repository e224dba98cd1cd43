/** Names of images, taken apart in one place (Distribution, "Reference grammar"; short names as Docker completes them). */

/** An image's name in its parts. */
export interface ImageReference {
  /** The repository as it was written, without tag and digest. */
  readonly name: string;
  /** The registry's host with its port, as it was written; undefined when there is none, which means Docker Hub. */
  readonly host?: string;
  /** The registry's host with its port; `docker.io` for Docker Hub by any of its names. */
  readonly registry: string;
  /** Path in the registry: with `library/` where Docker Hub's short names leave it out. */
  readonly path: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

/** Docker Hub's host in the names of images. Its API is at another. */
export const DOCKER_HUB = "docker.io";
const DOCKER_HUB_API = "https://registry-1.docker.io";
/** A name that Docker takes for Docker Hub, too. */
const FORMER_DOCKER_HUB = "index.docker.io";

const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
/** Without a dot or a port, and no `localhost`, it would be a path's first component. */
const HOST = `(?:localhost|${LABEL}(?:\\.${LABEL})+|${LABEL}(?=:\\d)|\\[[0-9a-f:]+\\])(?::\\d+)?`;
const NAME = `(?<name>(?:(?<host>${HOST})/)?(?<path>${COMPONENT}(?:/${COMPONENT})*))`;
const TAG = "(?<tag>\\w[\\w.-]{0,127})";
const REFERENCE = new RegExp(`^${NAME}(?::${TAG})?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`);

/** A repository in a registry, without tag and digest. */
export const IMAGE_REPOSITORY: RegExp = new RegExp(`^${NAME}$`);
/** `repository:tag` */
export const IMAGE_TAG: RegExp = new RegExp(`^${NAME}:${TAG}$`);

/** Takes a reference apart; undefined when it is none. */
export function parseReference(reference: string): ImageReference | undefined {
  const { name, host, path, tag, digest } = REFERENCE.exec(reference)?.groups ?? {};
  if (name === undefined || path === undefined) return undefined;
  const registry = registryOf(name);
  const isShort = registry === DOCKER_HUB && !path.includes("/");
  return {
    name,
    ...(host !== undefined && { host }),
    registry,
    path: isShort ? `library/${path}` : path,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** The registry of a name, also of one that is not valid: the first segment when it is a host, else Docker Hub. */
export function registryOf(name: string): string {
  const [first = "", ...rest] = name.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isHost && first !== FORMER_DOCKER_HUB ? first : DOCKER_HUB;
}

/** Where a registry's API is. Those on loopback speak plain HTTP, as to Docker itself. */
export function registryApi(registry: string): string {
  if (registry === DOCKER_HUB) return DOCKER_HUB_API;
  return isLoopback(registry) ? `http://${registry}` : `https://${registry}`;
}

/** Whether a host, with or without a port, is this machine's own. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/.test(host);
}
