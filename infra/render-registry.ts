/** Which kind of registry Render takes an image's for, and whether it can sign in there. */
import { registryAddress } from "../lib/image-registry.ts";

const RENDER_KINDS = [
  [/^ghcr\.io$/, "GITHUB"],
  [/^registry\.gitlab\.com$/, "GITLAB"],
  [/(^|\.)(gcr\.io|pkg\.dev)$/, "GOOGLE_ARTIFACT"],
  [/\.amazonaws\.com(\.cn)?$/, "AWS_ECR"],
] as const;

/** The names that Docker Hub's registry goes by. */
const DOCKER_HUB = ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

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
