/** GitHub's REST API with the token of the environment. */
import { HttpClient } from "../../providers/kit/http.ts";
import { type Reader, serviceReader } from "./reader.ts";
import { serviceToken } from "./token.ts";

const PUBLIC_API = "https://api.github.com";

/**
 * A client whose paths start below the API's root.
 * @param baseUrl the address that the provider is configured with, in place of GITHUB_BASE_URL or the public one.
 * @param permission what the token has to allow, for messages.
 * @throws UserError when GITHUB_TOKEN is not in the environment.
 */
export function githubClient(
  env: NodeJS.ProcessEnv,
  { baseUrl = env["GITHUB_BASE_URL"] ?? PUBLIC_API, permission }: { baseUrl?: string | undefined; permission: string },
): HttpClient {
  return new HttpClient({
    service: "GitHub",
    baseUrl: apiAddress(baseUrl),
    headers: authentication(env),
    tokenVariable: "GITHUB_TOKEN",
    permission,
  });
}

/** Reads whole answers, on paths below the API's root. Throws UserError when GITHUB_TOKEN is not in the environment. */
export function githubReader(env: NodeJS.ProcessEnv, signal: AbortSignal): Reader {
  const baseUrl = apiAddress(env["GITHUB_BASE_URL"] ?? PUBLIC_API);
  return serviceReader({ service: "GitHub", baseUrl, headers: authentication(env), signal });
}

function authentication(env: NodeJS.ProcessEnv): Record<string, string> {
  return { authorization: `Bearer ${serviceToken(env, "GITHUB_TOKEN")}`, accept: "application/vnd.github+json" };
}

/** The REST API of GitHub Enterprise Server is below /api/v3 ("Getting started with the REST API"). */
function apiAddress(baseUrl: string): string {
  const { host } = new URL(baseUrl);
  const isPublic = host === "api.github.com" || host.endsWith(".ghe.com");
  const address = baseUrl.replace(/\/+$/, "");
  return isPublic || address.endsWith("/api/v3") ? address : `${address}/api/v3`;
}
