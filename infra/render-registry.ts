/** Which kind of registry Render takes an image's for, and whether it can sign in there. */
import { DOCKER_HUB, registryOf } from "../providers/kit/image-reference.ts";

const RENDER_KINDS = [
  [/^ghcr\.io$/, "GITHUB"],
  [/^registry\.gitlab\.com$/, "GITLAB"],
  [/(^|\.)(gcr\.io|pkg\.dev)$/, "GOOGLE_ARTIFACT"],
  [/\.amazonaws\.com(\.cn)?$/, "AWS_ECR"],
] as const;

/** The names that Docker Hub's registry goes by. */
const HUB_HOSTS = [DOCKER_HUB, "registry-1.docker.io", "registry.hub.docker.com"];

/** Render's name for the kind of registry ("Render Public API", Create registry credential). */
export function renderRegistry(repository: string): "DOCKER" | (typeof RENDER_KINDS)[number][1] {
  const address = registryOf(repository);
  return RENDER_KINDS.find(([pattern]) => pattern.test(address))?.[1] ?? "DOCKER";
}

/** Whether Render can be given a login for it: its API has five kinds of registries, and no address to go with them. */
export function takesRenderLogin(repository: string): boolean {
  return renderRegistry(repository) !== "DOCKER" || HUB_HOSTS.includes(registryOf(repository));
}

/** Whether it is a private registry of Amazon's. */
export function isAtEcr(repository: string): boolean {
  return renderRegistry(repository) === "AWS_ECR";
}
