/** Which registry an image repository belongs to. */

const RENDER_KINDS = [
  [/^ghcr\.io$/, "GITHUB"],
  [/^registry\.gitlab\.com$/, "GITLAB"],
  [/(^|\.)(gcr\.io|pkg\.dev)$/, "GOOGLE_ARTIFACT"],
  [/\.amazonaws\.com$/, "AWS_ECR"],
] as const;

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
