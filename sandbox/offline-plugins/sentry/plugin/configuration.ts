/** The configuration of the sentry plugin: `sentry:` keys first, the environment after them. */
import { z } from "zod";
import type { Properties } from "../../../../providers/kit/resource.ts";

export const configSchema = z.object({
  baseUrl: z.string().optional().describe("Address of the server; SENTRY_BASE_URL when not set."),
  token: z.string().optional().describe("Access token; SENTRY_AUTH_TOKEN or SENTRY_TOKEN when not set."),
});

/** What the client needs to know. */
export interface SentryConfiguration {
  /** Address of the API, with a trailing slash: .../api/0/. */
  readonly api: string;
  readonly token: string;
}

/** Resolves the configuration as the vendor's plugin does; `/api/` is added to an address that lacks it. */
export function resolveConfiguration(config: Properties, environment: NodeJS.ProcessEnv): SentryConfiguration {
  const given = configSchema.parse(config);
  const address = given.baseUrl || environment["SENTRY_BASE_URL"] || "https://sentry.io/api/";
  const withSlash = address.endsWith("/") ? address : `${address}/`;
  return {
    api: withSlash.endsWith("/api/") ? `${withSlash}0/` : `${withSlash}api/0/`,
    token: given.token || environment["SENTRY_AUTH_TOKEN"] || environment["SENTRY_TOKEN"] || "",
  };
}
