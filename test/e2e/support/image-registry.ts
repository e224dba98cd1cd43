/** What the sandbox's image registry holds, asked over its own API ("OCI Distribution Specification"). */
import type { WorldDescription } from "../../../sandbox/running.ts";

/** Tags of a repository, sorted; empty when nothing was pushed. */
export async function registryTags(registry: WorldDescription["registry"], repository: string): Promise<string[]> {
  const login = Buffer.from(`${registry.username}:${registry.password}`).toString("base64");
  const answer = await fetch(`http://${registry.address}/v2/${repository}/tags/list`, {
    headers: { authorization: `Basic ${login}` },
  });
  if (answer.status === 404) return [];
  const { tags } = (await answer.json()) as { tags: string[] | null };
  return (tags ?? []).sort();
}
