/** Manifests in an image registry ("OCI Distribution Specification"; "Token authentication" for the challenges). */
import { z } from "zod";

const ACCEPT = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** A login; absent parts mean none. */
export interface RegistryLogin {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Which manifest, and how to ask for it. */
export interface ManifestRequest {
  readonly method: "GET" | "HEAD" | "DELETE";
  /** Address of the registry with its scheme: `https://localhost:5000`. */
  readonly registry: string;
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
  readonly login?: RegistryLogin | undefined;
  readonly signal: AbortSignal;
}

/** Sends the request, once more with a login when the registry challenges. Rejects when there is no answer. */
export async function requestManifest(request: ManifestRequest): Promise<Response> {
  const first = await send(request, undefined);
  if (first.status !== 401) return first;
  const authorization = await authorize(first.headers.get("www-authenticate") ?? "", request);
  return authorization === undefined ? first : send(request, authorization);
}

function send(request: ManifestRequest, authorization: string | undefined): Promise<Response> {
  const { method, registry, repository, reference, signal } = request;
  return fetch(`${registry}/v2/${repository}/manifests/${reference}`, {
    method,
    headers: { accept: ACCEPT, ...(authorization !== undefined && { authorization }) },
    signal,
  });
}

async function authorize(challenge: string, request: ManifestRequest): Promise<string | undefined> {
  const basic = basicAuthorization(request.login);
  if (/^basic/i.test(challenge)) return basic;
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const { realm, service, scope } = parameters;
  if (!/^bearer/i.test(challenge) || !realm) return undefined;
  const url = new URL(realm);
  if (service) url.searchParams.set("service", service);
  if (scope) url.searchParams.set("scope", scope);
  const answer = await fetch(url, { headers: basic ? { authorization: basic } : {}, signal: request.signal });
  if (!answer.ok) return undefined;
  const { token, access_token: accessToken } = z
    .looseObject({ token: z.string().optional(), access_token: z.string().optional() })
    .parse(await answer.json());
  return `Bearer ${token ?? accessToken}`;
}

function basicAuthorization(login: RegistryLogin | undefined): string | undefined {
  if (!login?.username) return undefined;
  return `Basic ${Buffer.from(`${login.username}:${login.password ?? ""}`).toString("base64")}`;
}
