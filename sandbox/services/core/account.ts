/** The account that the emulated services know, and the environment that points a program at them. */
import type { SandboxAccount, ServiceName } from "./service.ts";

/** One organization and one token a service. The values say that they open nothing real. */
export const defaultAccount: SandboxAccount = {
  owner: "acme",
  tokens: {
    github: "sandbox-github-token",
    circleci: "sandbox-circleci-token",
    sentry: "sandbox-sentry-token",
    render: "sandbox-render-key",
  },
};

/** Environment variables for the program, its plugins and the vendors' own tools. */
export function clientEnvironment(
  account: SandboxAccount,
  services: Readonly<Record<ServiceName, { readonly baseUrl: string }>>,
): Record<string, string> {
  return {
    GITHUB_TOKEN: account.tokens.github,
    GITHUB_BASE_URL: `${services.github.baseUrl}/`,
    GITHUB_OWNER: account.owner,
    CIRCLE_TOKEN: account.tokens.circleci,
    CIRCLE_BASE_URL: services.circleci.baseUrl,
    CIRCLE_HOST: `${services.circleci.baseUrl}/api/v2`,
    SENTRY_AUTH_TOKEN: account.tokens.sentry,
    SENTRY_BASE_URL: `${services.sentry.baseUrl}/`,
    RENDER_API_KEY: account.tokens.render,
    RENDER_BASE_URL: services.render.baseUrl,
    RENDER_HOST: `${services.render.baseUrl}/v1`,
  };
}
