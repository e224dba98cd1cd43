/** What the sandbox's registry holds ("OCI Distribution Specification"; "HTTP API V2" for the catalogue). */
import { z } from "zod";
import type { RegistryAccess } from "./registry.ts";

/** A tag and the manifest that it names. */
export interface ImageTag {
  readonly repository: string;
  readonly tag: string;
  /** sha256:... */
  readonly digest: string;
}

const catalogue = z.object({ repositories: z.array(z.string()) });
/** A repository whose last tag was deleted answers null. */
const tagList = z.object({ tags: z.array(z.string()).nullable() });

const MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");
const PATIENCE_MS = 5000;

/** A lister that gives all tags, those first seen earliest first. It rejects when the registry does not answer. */
export function imageLister(registry: RegistryAccess): () => Promise<ImageTag[]> {
  const authorization = `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString("base64")}`;
  const ask = (path: string, method: "GET" | "HEAD" = "GET"): Promise<Response> =>
    fetch(`http://${registry.address}/v2/${path}`, {
      method,
      headers: { authorization, accept: method === "HEAD" ? MANIFEST_TYPES : "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  /** The registry tells no times, so the order is that of first sight. */
  const order = new Map<string, number>();

  return async () => {
    const { repositories } = catalogue.parse(await (await ask("_catalog")).json());
    const listed = await Promise.all(repositories.map((repository) => tagsOf(ask, repository)));
    const images = listed.flat();
    for (const image of images) {
      const key = keyOf(image);
      if (!order.has(key)) order.set(key, order.size);
    }
    return images.sort((a, b) => (order.get(keyOf(a)) ?? 0) - (order.get(keyOf(b)) ?? 0));
  };
}

const keyOf = ({ repository, tag, digest }: ImageTag): string => `${repository}:${tag}@${digest}`;

async function tagsOf(
  ask: (path: string, method?: "GET" | "HEAD") => Promise<Response>,
  repository: string,
): Promise<ImageTag[]> {
  const answer = await ask(`${repository}/tags/list`);
  if (answer.status === 404) return [];
  const { tags } = tagList.parse(await answer.json());
  const images = await Promise.all(
    (tags ?? []).map(async (tag) => {
      const manifest = await ask(`${repository}/manifests/${tag}`, "HEAD");
      const digest = manifest.headers.get("docker-content-digest");
      return manifest.ok && digest ? { repository, tag, digest } : undefined;
    }),
  );
  return images.filter((image) => image !== undefined);
}
