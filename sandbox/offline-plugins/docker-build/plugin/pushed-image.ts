/**
 * The pushed image in its registry. The vendor's plugin speaks HTTPS there, whatever the registry speaks, and repeats
 * what gets no answer; a registry without TLS makes it wait and then give up.
 */
import { setTimeout as delay } from "node:timers/promises";
import { requestManifest } from "../../registry/manifests.ts";
import { type ImageReference, parseReference } from "../../registry/reference.ts";
import type { ImageOutputs, Registry } from "./image-schema.ts";

const ATTEMPTS = 4;
const RETRY_MS = 1000;

/** Which of the tags' repositories hold the digest; "unknown" when a registry could not be asked. */
export async function findPushedTags(
  image: ImageOutputs,
  registries: readonly Registry[],
  signal: AbortSignal,
): Promise<{ readonly tags: readonly string[]; readonly unverified?: string }> {
  const tags: string[] = [];
  for (const tag of image.tags ?? []) {
    const reference = parseReference(tag);
    if (!reference) return { tags: [...tags, tag] };
    try {
      const response = await ask("GET", reference, image.digest, registries, signal);
      if (response.ok) tags.push(tag);
      else if (response.status !== 404) return { tags, unverified: `${response.status} ${response.statusText}` };
    } catch (error) {
      signal.throwIfAborted();
      return { tags, unverified: reasonOf(error) };
    }
  }
  return { tags };
}

/** Deletes the digest, and with it every tag on it, from each repository it was pushed to. Failures are swallowed. */
export async function deletePushed(
  image: ImageOutputs,
  registries: readonly Registry[],
  signal: AbortSignal,
  warn: (message: string) => void,
): Promise<void> {
  const references = (image.tags ?? []).flatMap((tag) => parseReference(tag) ?? []);
  const repositories = new Map(references.map((reference) => [`${reference.host}/${reference.repository}`, reference]));
  for (const [name, reference] of repositories) {
    try {
      const response = await ask("DELETE", reference, image.digest, registries, signal);
      if (response.status === 404) warn(`${name}@${image.digest} not found`);
    } catch {
      signal.throwIfAborted();
    }
  }
}

async function ask(
  method: "GET" | "DELETE",
  { host, repository }: ImageReference,
  digest: string,
  registries: readonly Registry[],
  signal: AbortSignal,
): Promise<Response> {
  const login = registries.find(({ address }) => hostOf(address) === host);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await requestManifest({
        method,
        registry: `https://${host}`,
        repository,
        reference: digest,
        login,
        signal,
      });
    } catch (error) {
      if (signal.aborted || attempt >= ATTEMPTS) throw error;
      await delay(RETRY_MS, undefined, { signal });
    }
  }
}

function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
