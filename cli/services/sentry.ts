/** Sentry's API with the token of the environment. */
import { SERVICES } from "../../infra/services.ts";
import { HttpClient } from "../../providers/kit/http.ts";
import { type Reader, serviceReader } from "./reader.ts";
import { serviceToken } from "./token.ts";

const PUBLIC_ADDRESS = "https://sentry.io/";

/**
 * A client whose paths start below /api/0.
 * @param baseUrl the address that the provider is configured with, in place of SENTRY_BASE_URL or the public one.
 * @param permission what the token has to allow, for messages.
 * @throws UserError when SENTRY_AUTH_TOKEN is not in the environment.
 */
export function sentryClient(
  env: NodeJS.ProcessEnv,
  {
    baseUrl = env["SENTRY_BASE_URL"] ?? PUBLIC_ADDRESS,
    permission,
  }: { baseUrl?: string | undefined; permission: string },
): HttpClient {
  return new HttpClient({
    service: "Sentry",
    baseUrl: apiAddress(baseUrl),
    headers: authentication(env),
    tokenVariable: SERVICES.sentry.token,
    permission,
  });
}

/** Reads whole answers, on paths below /api/0. Throws UserError when SENTRY_AUTH_TOKEN is not in the environment. */
export function sentryReader(env: NodeJS.ProcessEnv, signal: AbortSignal): Reader {
  const baseUrl = apiAddress(env["SENTRY_BASE_URL"] ?? PUBLIC_ADDRESS);
  return serviceReader({ service: "Sentry", baseUrl, headers: authentication(env), signal });
}

function authentication(env: NodeJS.ProcessEnv): Record<string, string> {
  return { authorization: `Bearer ${serviceToken(env, SERVICES.sentry.token)}` };
}

function apiAddress(baseUrl: string): string {
  const address = baseUrl.replace(/\/+$/, "");
  return `${address.endsWith("/api") ? address : `${address}/api`}/0`;
}
