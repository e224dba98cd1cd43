/** What the sandbox's image registry holds, asked over its own API ("OCI Distribution Specification"). */
import type { WorldDescription } from "../../../sandbox/running.ts";

type Registry = WorldDescription["registry"];

/** Tags of a repository, sorted; empty when nothing was pushed. */
export async function registryTags(registry: Registry, repository: string): Promise<string[]> {
  const answer = await ask(registry, "GET", `${repository}/tags/list`);
  if (answer.status === 404) return [];
  const { tags } = (await answer.json()) as { tags: string[] | null };
  return (tags ?? []).sort();
}

/** Whether the registry gives the manifest of a tag or digest. */
export async function isPullable(registry: Registry, repository: string, reference: string): Promise<boolean> {
  return (await ask(registry, "GET", `${repository}/manifests/${reference}`)).ok;
}

function ask(registry: Registry, method: string, path: string): Promise<Response> {
  const login = Buffer.from(`${registry.username}:${registry.password}`).toString("base64");
  const accept = ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"];
  const docker = "application/vnd.docker.distribution.manifest.v2+json";
  return fetch(`http://${registry.address}/v2/${path}`, {
    method,
    headers: { authorization: `Basic ${login}`, accept: [...accept, docker].join(", ") },
  });
}
