/** The configuration of the docker plugin, as far as a look-up in a registry needs it. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Properties } from "../../../../providers/kit/resource.ts";
import type { RegistryLogin } from "../../registry/manifests.ts";

const registryAuth = z.object({
  address: z.string(),
  authDisabled: z.boolean().optional(),
  configFile: z.string().optional(),
  configFileContent: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
});

/** Keys of the provider's configuration that the offline edition knows. */
export const configSchema = z.object({
  host: z.string().optional().describe("Address of the Docker daemon; DOCKER_HOST when not set."),
  registryAuth: z.array(registryAuth).optional().describe("How to reach registries, and their logins."),
  disableDockerDaemonCheck: z.boolean().optional().describe("Has no effect, as in the vendor's plugin."),
});

const dockerConfig = z.looseObject({
  auths: z.record(z.string(), z.looseObject({ auth: z.string().optional() })).default({}),
});

/** How to reach a registry. */
export interface RegistryAccess {
  /** Address with its scheme, without a trailing slash. */
  readonly registry: string;
  readonly login?: RegistryLogin;
}

/** What a look-up needs to know. */
export interface DockerConfiguration {
  /** Address of the Docker daemon. */
  readonly host: string;
  /** How to reach the registry on this host: HTTPS unless its configured address says otherwise. */
  access(host: string): RegistryAccess;
}

/** Resolves the configuration as the vendor's plugin does: `registryAuth` first, then the client's own config file. */
export function resolveConfiguration(config: Properties, environment: NodeJS.ProcessEnv): DockerConfiguration {
  const given = configSchema.parse(config);
  const clientFile = join(environment["DOCKER_CONFIG"] ?? join(homedir(), ".docker"), "config.json");
  return {
    host: given.host || environment["DOCKER_HOST"] || "unix:///var/run/docker.sock",
    access(host) {
      const entry = given.registryAuth?.find(({ address }) => hostOf(address) === host);
      const registry = entry?.address.startsWith("http://") ? `http://${host}` : `https://${host}`;
      if (entry?.authDisabled) return { registry };
      const username = entry?.username || environment["DOCKER_REGISTRY_USER"];
      const password = entry?.password || environment["DOCKER_REGISTRY_PASS"];
      if (entry && username) return { registry, login: { username, password } };
      const login = loginFrom(entry?.configFileContent ?? readText(entry?.configFile ?? clientFile), host);
      return login ? { registry, login } : { registry };
    },
  };
}

function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "{}";
  }
}

function loginFrom(content: string, host: string): RegistryLogin | undefined {
  const { auths } = dockerConfig.parse(JSON.parse(content));
  const [, entry] = Object.entries(auths).find(([address]) => hostOf(address) === host) ?? [];
  if (!entry?.auth) return undefined;
  const [username, ...password] = Buffer.from(entry.auth, "base64").toString("utf8").split(":");
  return { username, password: password.join(":") };
}
