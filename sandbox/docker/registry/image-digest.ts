/** What an image's reference stands for in its registry, without pulling it. */
import { requestManifest } from "../../offline-plugins/registry/manifests.ts";
import type { ContainerRunner, PullCredential } from "../../services/core/service.ts";
import { registryOf } from "../build/login.ts";

const DOCKER_HUB = "registry-1.docker.io";
const PATIENCE_MS = 10_000;

/** The runner, able to say what a reference stands for. */
export function withDigests(runner: ContainerRunner): ContainerRunner {
  return { start: (request) => runner.start(request), digestOf: imageDigest };
}

/** The digest that the registry names; undefined when it does not answer, or knows no such image for this login. */
export async function imageDigest(image: string, credential?: PullCredential): Promise<string | undefined> {
  const named = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
  if (named !== undefined) return named;
  const host = registryOf(image);
  const name = image.slice(image.indexOf("/") + 1);
  const [, repository = name, tag = "latest"] = /^(.*):([^:/]+)$/.exec(name) ?? [];
  try {
    const answer = await requestManifest({
      method: "HEAD",
      registry: addressOf(host),
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

/** A container engine speaks plain HTTP to registries on loopback, and so does this. */
function addressOf(host: string): string {
  if (host === "docker.io") return `https://${DOCKER_HUB}`;
  return /^(?:localhost|127\.[\d.]+)(?::\d+)?$/.test(host) ? `http://${host}` : `https://${host}`;
}
