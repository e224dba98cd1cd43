/** The configuration of the github plugin: `github:` keys first, the environment after them. */
import { z } from "zod";
import type { Properties } from "../../../../providers/kit/resource.ts";
import { BridgedError } from "../../bridge/failure.ts";

const PUBLIC_API = "https://api.github.com/";

/** Keys of the provider's configuration that the offline edition knows. Numbers arrive as texts. */
export const configSchema = z.object({
  baseUrl: z.string().optional().describe("Address of the server; GITHUB_BASE_URL when not set."),
  maxRetries: z.coerce.number().optional().describe("How often a request that a server error answered is repeated."),
  organization: z.string().optional().describe("Older name of `owner`."),
  owner: z.string().optional().describe("Organization or user; GITHUB_OWNER when not set."),
  parallelRequests: z.coerce.boolean().optional().describe("Send requests without waiting for one another."),
  readDelayMs: z.coerce.number().optional().describe("Wait after a request that reads."),
  retryDelayMs: z.coerce.number().optional().describe("Wait before a request is repeated."),
  token: z.string().optional().describe("Access token; GITHUB_TOKEN when not set."),
  writeDelayMs: z.coerce.number().optional().describe("Wait after a request that writes."),
});

/** What the client needs to know. */
export interface GitHubConfiguration {
  /** Address of the REST API, with a trailing slash. */
  readonly api: string;
  readonly owner: string;
  /** Empty: requests are sent without one. The vendor's plugin would ask the `gh` program for one first. */
  readonly token: string;
  readonly writeDelayMs: number;
  readonly readDelayMs: number;
  readonly retryDelayMs: number;
  readonly maxRetries: number;
  readonly parallelRequests: boolean;
}

/**
 * Resolves the configuration as the vendor's plugin does: GITHUB_ORGANIZATION and GITHUB_OWNER win over `owner`.
 * @throws BridgedError when a wait or a count is out of range.
 */
export function resolveConfiguration(config: Properties, environment: NodeJS.ProcessEnv): GitHubConfiguration {
  const given = configSchema.parse(config);
  const environmentOwner = environment["GITHUB_ORGANIZATION"] || environment["GITHUB_OWNER"];
  const resolved: GitHubConfiguration = {
    api: apiAddress(given.baseUrl || environment["GITHUB_BASE_URL"] || PUBLIC_API),
    owner: given.organization || environmentOwner || given.owner || "",
    token: given.token || environment["GITHUB_TOKEN"] || "",
    writeDelayMs: given.writeDelayMs ?? 1000,
    readDelayMs: given.readDelayMs ?? 0,
    retryDelayMs: given.retryDelayMs ?? 1000,
    maxRetries: given.maxRetries ?? 3,
    parallelRequests: given.parallelRequests ?? false,
  };
  if (resolved.writeDelayMs <= 0) throw new BridgedError("write_delay_ms must be greater than 0ms");
  if (resolved.readDelayMs < 0) throw new BridgedError("read_delay_ms must be greater than or equal to 0ms");
  if (resolved.retryDelayMs < 0) throw new BridgedError("retry_delay_ms must be greater than or equal to 0ms");
  if (resolved.maxRetries < 0) throw new BridgedError("max_retries must be greater than or equal to 0");
  return resolved;
}

/** A host that is not GitHub's own counts as GitHub Enterprise Server, whose REST API is below /api/v3. */
function apiAddress(baseUrl: string): string {
  const url = new URL(baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  const own = url.host === "api.github.com" || url.host.endsWith(".ghe.com");
  return own ? url.href : new URL("api/v3/", url).href;
}
