/** GitHub's REST API with the token of the environment. */
import { HttpClient } from "../../providers/kit/http.ts";
import { type Reader, serviceReader } from "./reader.ts";
import { serviceToken } from "./token.ts";

const PUBLIC_API = "https://api.github.com";
const TOKEN = "GITHUB_TOKEN";

/**
 * A client whose paths start below the API's root.
 * @param baseUrl the address that the provider is configured with, in place of GITHUB_BASE_URL or the public one.
 * @param permission what the token has to allow, for messages.
 * @param tokenVariable where the token is, when it is another than the provider's.
 * @throws UserError when the variable is not in the environment.
 */
export function githubClient(
  env: NodeJS.ProcessEnv,
  {
    baseUrl = env["GITHUB_BASE_URL"] ?? PUBLIC_API,
    permission,
    tokenVariable = TOKEN,
  }: { baseUrl?: string | undefined; permission: string; tokenVariable?: string },
): HttpClient {
  return new HttpClient({
    service: "GitHub",
    baseUrl: apiAddress(baseUrl),
    headers: authentication(env, tokenVariable),
    tokenVariable,
    permission,
  });
}

/** Reads whole answers, on paths below the API's root. Throws UserError when GITHUB_TOKEN is not in the environment. */
export function githubReader(env: NodeJS.ProcessEnv, signal: AbortSignal): Reader {
  const baseUrl = apiAddress(env["GITHUB_BASE_URL"] ?? PUBLIC_API);
  return serviceReader({ service: "GitHub", baseUrl, headers: authentication(env, TOKEN), signal });
}

function authentication(env: NodeJS.ProcessEnv, tokenVariable: string): Record<string, string> {
  return { authorization: `Bearer ${serviceToken(env, tokenVariable)}`, accept: "application/vnd.github+json" };
}

/** The REST API of GitHub Enterprise Server is below /api/v3 ("Getting started with the REST API"). */
function apiAddress(baseUrl: string): string {
  const { host } = new URL(baseUrl);
  const isPublic = host === "api.github.com" || host.endsWith(".ghe.com");
  const address = baseUrl.replace(/\/+$/, "");
  return isPublic || address.endsWith("/api/v3") ? address : `${address}/api/v3`;
}
