/** GitHub's REST API with the token of the environment. */
import { SERVICES } from "../../infra/services.ts";
import { DEFAULT_LIMITS } from "../../providers/kit/retry.ts";
import { GithubClient } from "./github-client.ts";
import { onlyOnce, type Reader } from "./reader.ts";
import { serviceToken } from "./token.ts";

const PUBLIC_API = "https://api.github.com";
const TOKEN = SERVICES.github.token;
const TIMEOUT_MS = 60_000;
/** Whoever looks around does not wait long. */
const READER_LIMITS = { longestWaitMs: 2_000, timeoutMs: 10_000 };

/** What a client is for. */
export interface GithubUse {
  readonly signal: AbortSignal;
  /** What the token has to allow, for messages. */
  readonly permission: string;
  /** The address that the provider is configured with, in place of GITHUB_BASE_URL or the public one. */
  readonly baseUrl?: string | undefined;
  /** Where the token is, when it is another than the provider's. */
  readonly tokenVariable?: string;
}

/**
 * A client whose paths start below the API's root.
 * @throws UserError when the variable is not in the environment.
 */
export function githubClient(env: NodeJS.ProcessEnv, use: GithubUse): GithubClient {
  return clientOf(env, use, { longestWaitMs: DEFAULT_LIMITS.longestAskedMs, timeoutMs: TIMEOUT_MS });
}

/** Reads whole answers, on paths below the API's root. Throws UserError when GITHUB_TOKEN is not in the environment. */
export function githubReader(env: NodeJS.ProcessEnv, signal: AbortSignal): Reader {
  const client = clientOf(env, { signal, permission: "read access" }, READER_LIMITS);
  return onlyOnce((method, path) => client.ask(method, path));
}

function clientOf(
  env: NodeJS.ProcessEnv,
  { signal, permission, tokenVariable = TOKEN, baseUrl = env["GITHUB_BASE_URL"] ?? PUBLIC_API }: GithubUse,
  limits: { longestWaitMs: number; timeoutMs: number },
): GithubClient {
  const token = serviceToken(env, tokenVariable);
  return new GithubClient({ ...apiAt(baseUrl), token, tokenVariable, permission, signal, ...limits });
}

/** The REST API of GitHub Enterprise Server is below /api/v3 ("Getting started with the REST API"). */
function apiAt(address: string): { baseUrl: string; isPublic: boolean } {
  const { host } = new URL(address);
  const isPublic = host === "api.github.com" || host.endsWith(".ghe.com");
  const baseUrl = address.replace(/\/+$/, "");
  return { baseUrl: isPublic || baseUrl.endsWith("/api/v3") ? baseUrl : `${baseUrl}/api/v3`, isPublic };
}
