/** What an image's reference stands for in its registry, without pulling it. */
import { parseReference, registryApi } from "../../../providers/kit/image-reference.ts";
import { requestManifest } from "../../offline-plugins/registry/manifests.ts";
import type { ContainerRunner, PullCredential } from "../../services/core/service.ts";

const PATIENCE_MS = 10_000;

/** The runner, able to say what a reference stands for. */
export function withDigests(runner: ContainerRunner): ContainerRunner {
  return { start: (request) => runner.start(request), digestOf: imageDigest };
}

/** The digest that the registry names; undefined when it does not answer, or knows no such image for this login. */
export async function imageDigest(image: string, credential?: PullCredential): Promise<string | undefined> {
  const reference = parseReference(image);
  if (!reference || reference.digest) return reference?.digest;
  const { registry, path: repository, tag = "latest" } = reference;
  try {
    const answer = await requestManifest({
      method: "HEAD",
      registry: registryApi(registry),
      repository,
      reference: tag,
      login: credential,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (answer.ok && answer.headers.get("docker-content-digest")) || undefined;
  } catch {
    return undefined;
  }
}
