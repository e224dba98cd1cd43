/** Looks a tag up in its registry. */
import * as docker from "@pulumi/docker";
import type { Input } from "@pulumi/pulumi";
import { registryAddress } from "../../lib/image-registry.ts";
import { answerTo } from "../../lib/recorded-answers.ts";

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
/** Docker Hub's registry, whose address is another than the one in image names. */
const DOCKER_HUB = "registry-1.docker.io";

/** Asks the registry for the digest behind a tag. Never throws for the registry's own answer. */
export async function lookUpTag({ repository, tag, username, password }: RegistryTag): Promise<TagLookup> {
  const address = registryAddress(repository);
  const login = username && password ? { username, password } : { authDisabled: true };
  const provider = new docker.Provider("registry", {
    host: NO_DAEMON,
    registryAuth: [{ address: urlOf(address), ...login }],
  });
  const name = `${address === "docker.io" ? repository.replace(/^docker\.io\//, "") : repository}:${tag}`;
  const answer = await answerTo(`registry ${repository}:${tag}`, () => ask(name, provider));
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

/** Registries on loopback speak plain HTTP, as to Docker itself. */
function urlOf(address: string): string {
  if (address === "docker.io") return DOCKER_HUB;
  return /^(localhost|127\.[\d.]+)(:\d+)?$/.test(address) ? `http://${address}` : address;
}
