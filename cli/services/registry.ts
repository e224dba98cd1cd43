/** Asks an image registry what a login may do there, by requests that only read ("Registry API v2", "Token authentication"). */
import { z } from "zod";
import { list, optional, readAnswer, successBody } from "../../providers/kit/answer.ts";
import {
  DOCKER_HUB,
  isLoopback,
  parseReference,
  registryApi,
  registryOf,
} from "../../providers/kit/image-reference.ts";
import { exchange } from "../../providers/kit/transport.ts";

const ACCEPT = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const token = z.object({ token: optional(z.string()), access_token: optional(z.string()) });
const claims = z.object({ access: list(z.object({ name: z.string(), actions: list(z.string()) })) });

/** A repository in a registry, and who asks; without a login anybody. */
export interface RegistryQuestion {
  /** `acme/site` or `ghcr.io/acme/site`. */
  readonly repository: string;
  readonly login?: { readonly username: string; readonly password: string } | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What the registry grants. */
export interface RegistryAccess {
  readonly accepted: boolean;
  /** How it asks for a login. */
  readonly scheme: "none" | "basic" | "bearer";
  /** What the token allows; undefined when only doing it would show. */
  readonly actions?: readonly string[] | undefined;
  /** The header with which further requests go. */
  readonly authorization?: string | undefined;
}

/** Where a registry's API is: DOCKER_HUB_REGISTRY_URL takes the place of Docker Hub's; those on loopback speak HTTP. */
export function registryUrl(repository: string, env: NodeJS.ProcessEnv): string {
  const registry = registryOf(repository);
  const address = (registry === DOCKER_HUB && env["DOCKER_HUB_REGISTRY_URL"]) || registryApi(registry);
  return address.replace(/\/+$/, "");
}

/** A repository's path in its registry: without the host, and with `library/` where Docker Hub leaves it out. */
export function repositoryPath(repository: string): string {
  return parseReference(repository)?.path ?? repository;
}

/** Asks for these actions. Throws Error when there is no answer, or one that no registry gives. */
export async function registryAccess(
  question: RegistryQuestion,
  actions: readonly ("pull" | "push")[],
): Promise<RegistryAccess> {
  const base = `${registryUrl(question.repository, question.env)}/v2/`;
  const first = await get(base, question.signal);
  if (first.status === 200) return { accepted: true, scheme: "none" };
  const challenge = first.headers["www-authenticate"] ?? "";
  if (first.status !== 401 || challenge === "")
    throw new Error(`${base} answered ${first.status}, which no registry does.`);
  if (/^basic\b/i.test(challenge)) {
    if (!question.login) return { accepted: false, scheme: "basic" };
    const authorization = basic(question.login);
    const { status } = await get(base, question.signal, { authorization });
    return { accepted: status === 200, scheme: "basic", authorization };
  }
  return bearer(question, challenge, actions);
}

/** Whether the registry has a tag; undefined when it does not say. */
export async function hasTag(question: RegistryQuestion, tag: string): Promise<boolean | undefined> {
  const { authorization } = await registryAccess(question, ["pull"]);
  const base = registryUrl(question.repository, question.env);
  const url = `${base}/v2/${repositoryPath(question.repository)}/manifests/${encodeURIComponent(tag)}`;
  const headers = { accept: ACCEPT, ...(authorization && { authorization }) };
  const { status } = await exchange({ url: new URL(url), method: "HEAD", headers, signal: question.signal });
  if (status === 200) return true;
  return status === 404 ? false : undefined;
}

async function bearer(
  question: RegistryQuestion,
  challenge: string,
  actions: readonly string[],
): Promise<RegistryAccess> {
  const { realm, service } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  if (realm === undefined || !URL.canParse(realm))
    throw new Error("The registry asks for a token, and does not say where.");
  const url = new URL(realm);
  const isLocal = isLoopback(new URL(registryUrl(question.repository, question.env)).host) && isLoopback(url.host);
  if (url.protocol !== "https:" && !isLocal)
    throw new Error(`The registry wants the password at ${url.origin}, without encryption.`);
  const name = repositoryPath(question.repository);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", `repository:${name}:${actions.join(",")}`);
  const authentication = question.login && { authorization: basic(question.login) };
  const answer = await get(url.href, question.signal, authentication);
  if (answer.status === 401 || answer.status === 403) return { accepted: false, scheme: "bearer" };
  if (answer.status !== 200) throw new Error(`${url.origin} answered ${answer.status} to the request for a token.`);
  const request = { service: url.host, method: "GET", path: url.pathname };
  const given = readAnswer(token, successBody(answer, request), request);
  const issued = given.token ?? given.access_token ?? "";
  return { accepted: true, scheme: "bearer", actions: grantedBy(issued, name), authorization: `Bearer ${issued}` };
}

/** What a token says that it allows; undefined for one that is not a JSON Web Token. */
function grantedBy(issued: string, name: string): readonly string[] | undefined {
  const [, payload] = issued.split(".");
  if (payload === undefined) return undefined;
  try {
    const { access } = claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    return access.filter((one) => one.name === name).flatMap((one) => one.actions);
  } catch {
    return undefined;
  }
}

function basic({ username, password }: NonNullable<RegistryQuestion["login"]>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

async function get(url: string, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}) {
  try {
    return await exchange({ url: new URL(url), method: "GET", headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`The registry at ${new URL(url).origin} gives no answer: ${message || code}`, { cause: error });
  }
}
