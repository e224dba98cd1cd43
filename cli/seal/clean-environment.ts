/** The environment in which a sealed preview runs: what the machine needs, and nothing that opens anything. */
import { SERVICES } from "../../infra/services.ts";

/** Names that are taken over; everything else stays outside. */
const TAKEN = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LANG",
  "LC_ALL",
  "TZ",
  "SystemRoot",
  "ComSpec",
  "PATHEXT",
  "NODE_COMPILE_CACHE",
  "PULUMI_IGNORE_AMBIENT_PLUGINS",
  "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
];

/** Variables that carry the token of a service. */
export const REQUIRED_TOKENS: readonly string[] = Object.values(SERVICES).map(({ token }) => token);

/** The same, and those of the pipeline's own. */
export const TOKEN_VARIABLES = [...REQUIRED_TOKENS, "CI_RENDER_API_KEY", "CI_SENTRY_AUTH_TOKEN"];

/** Variables that the program reads and that are no secret. */
export const PLAIN_VARIABLES = ["GITHUB_OWNER", "CI_SENTRY_BASE_URL"];

/** The address of Sentry that the program writes into the pipeline; a plugin's own is another in a sealed preview. */
export function pipelineAddresses(env: NodeJS.ProcessEnv): Record<string, string> {
  return { CI_SENTRY_BASE_URL: env["CI_SENTRY_BASE_URL"] || env["SENTRY_BASE_URL"] || "https://sentry.io/" };
}

/** Variables by which the services are found. */
export const ADDRESS_VARIABLES: readonly string[] = Object.values(SERVICES).map(({ address }) => address);

/** What is taken over of an environment. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const taken = TAKEN.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return Object.fromEntries(taken);
}
