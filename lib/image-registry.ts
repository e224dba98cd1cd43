/** Names of images, and which registry one belongs to. */

const COMPONENT = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const NAME = `^(?:[a-z0-9.-]+(?::\\d+)?/)?${COMPONENT}(?:/${COMPONENT})*`;

/** A repository in a registry, without a tag (Docker's "Image reference format"). */
export const IMAGE_REPOSITORY: RegExp = new RegExp(`${NAME}$`);
/** `repository:tag` */
export const IMAGE_TAG: RegExp = new RegExp(`${NAME}:\\w[\\w.-]{0,127}$`);

const RENDER_KINDS = [
  [/^ghcr\.io$/, "GITHUB"],
  [/^registry\.gitlab\.com$/, "GITLAB"],
  [/(^|\.)(gcr\.io|pkg\.dev)$/, "GOOGLE_ARTIFACT"],
  [/\.amazonaws\.com(\.cn)?$/, "AWS_ECR"],
] as const;

/** The names that Docker Hub's registry goes by. */
const DOCKER_HUB = ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

/** The registry's address: the first segment when it is a host, else Docker Hub (Docker's "Image reference format"). */
export function registryAddress(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isHost ? first : "docker.io";
}

/** Render's name for the kind of registry ("Render Public API", Create registry credential). */
export function renderRegistry(repository: string): "DOCKER" | (typeof RENDER_KINDS)[number][1] {
  const address = registryAddress(repository);
  return RENDER_KINDS.find(([pattern]) => pattern.test(address))?.[1] ?? "DOCKER";
}

/** Whether Render can be given a login for it: its API has five kinds of registries, and no address to go with them. */
export function takesRenderLogin(repository: string): boolean {
  return renderRegistry(repository) !== "DOCKER" || DOCKER_HUB.includes(registryAddress(repository));
}

/** Whether it is a private registry of Amazon's. */
export function isAtEcr(repository: string): boolean {
  return renderRegistry(repository) === "AWS_ECR";
}
