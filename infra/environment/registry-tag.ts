/** Looks a tag up in its registry. */
import * as docker from "@pulumi/docker";
import type { Input } from "@pulumi/pulumi";
import { answerTo } from "../../lib/recorded-answers.ts";
import { DOCKER_HUB, parseReference, registryApi, registryOf } from "../../providers/kit/image-reference.ts";

/** A tag, and the login with which its registry is asked, if it needs one. */
export interface RegistryTag {
  readonly repository: string;
  readonly tag: string;
  readonly username?: Input<string> | undefined;
  readonly password?: Input<string> | undefined;
}

/** The answer: a digest, or why there is none. */
export type TagLookup =
  | { readonly digest: string }
  | { readonly digest?: undefined; readonly isAbsent: boolean; readonly reason: string };

/** The plugin asks at its start for a daemon, which a look-up does not need. One behind SSH it would call only later. */
const NO_DAEMON = "ssh://nobody@localhost";

/** Asks the registry for the digest behind a tag. Never throws for the registry's own answer. */
export async function lookUpTag({ repository, tag, username, password }: RegistryTag): Promise<TagLookup> {
  const registry = registryOf(repository);
  const login = username && password ? { username, password } : { authDisabled: true };
  const provider = new docker.Provider("registry", {
    host: NO_DAEMON,
    registryAuth: [{ address: addressOf(registry), ...login }],
  });
  // The plugin takes Docker Hub's host for another registry's.
  const name = registry === DOCKER_HUB ? (parseReference(repository)?.path ?? repository) : repository;
  const answer = await answerTo(`registry ${repository}:${tag}`, () => ask(`${name}:${tag}`, provider));
  return answer ?? { isAbsent: false, reason: "This preview reaches no registry." };
}

async function ask(name: string, provider: docker.Provider): Promise<TagLookup> {
  try {
    return { digest: (await docker.getRegistryImage({ name }, { provider })).sha256Digest };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").trim();
    return { isAbsent: /\b404\b/.test(reason), reason };
  }
}

/** As the plugin takes it: with the scheme where that is plain HTTP. */
function addressOf(registry: string): string {
  return registryApi(registry).replace(/^https:\/\//, "");
}
