/** The services that a stack is declared at. Token and address come from the environment of whoever runs it. */

/** One service. */
export interface ServiceFacts {
  /** As people call it. */
  readonly title: string;
  /** The environment variable that carries the token. */
  readonly token: string;
  /** What the token has to allow. */
  readonly allows: string;
  /** The environment variable that names another address than the vendor's. */
  readonly address: string;
  /** The configuration key by which the vendor's plugin takes the address before the environment. */
  readonly addressKey?: string;
}

/** By the name of the provider in type tokens. */
export const SERVICES = {
  github: {
    title: "GitHub",
    token: "GITHUB_TOKEN",
    allows: "administration, contents and metadata of the repository, read and write",
    address: "GITHUB_BASE_URL",
    addressKey: "github:baseUrl",
  },
  circleci: {
    title: "CircleCI",
    token: "CIRCLE_TOKEN",
    allows: "a personal API token of a member of the organization",
    address: "CIRCLE_BASE_URL",
  },
  sentry: {
    title: "Sentry",
    token: "SENTRY_AUTH_TOKEN",
    allows: "team:admin, project:admin and org:read",
    address: "SENTRY_BASE_URL",
    addressKey: "sentry:baseUrl",
  },
  render: {
    title: "Render",
    token: "RENDER_API_KEY",
    allows: "an API key of a member of the workspace",
    address: "RENDER_BASE_URL",
  },
} as const satisfies Readonly<Record<string, ServiceFacts>>;

/** One of them. */
export type ServiceKey = keyof typeof SERVICES;
