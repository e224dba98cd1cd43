/** Names of images, and which registry one belongs to. */

const COMPONENT = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const NAME = `^(?:[a-z0-9.-]+(?::\\d+)?/)?${COMPONENT}(?:/${COMPONENT})*`;

/** A repository in a registry, without a tag (Docker's "Image reference format"). */
export const IMAGE_REPOSITORY: RegExp = new RegExp(`${NAME}$`);
/** `repository:tag` */
export const IMAGE_TAG: RegExp = new RegExp(`${NAME}:\\w[\\w.-]{0,127}$`);

/** The registry's address: the first segment when it is a host, else Docker Hub (Docker's "Image reference format"). */
export function registryAddress(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isHost ? first : "docker.io";
}
