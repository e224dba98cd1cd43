/** Sentry's API with the token of the environment. */
import { HttpClient } from "../../providers/kit/http.ts";
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
  const address = baseUrl.replace(/\/+$/, "");
  return new HttpClient({
    service: "Sentry",
    baseUrl: `${address.endsWith("/api") ? address : `${address}/api`}/0`,
    headers: { authorization: `Bearer ${serviceToken(env, "SENTRY_AUTH_TOKEN")}` },
    tokenVariable: "SENTRY_AUTH_TOKEN",
    permission,
  });
}
