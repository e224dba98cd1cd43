/** What the machine's Docker engine and a private one have in common once they answer. */
import { join } from "node:path";
import { z } from "zod";
import type { CacheServerKind } from "../cache/server.ts";
import type { ServerKind } from "../database/server.ts";
import type { Engine, EngineRequest } from "../engine.ts";
import type { PublicImages } from "../images/public-images.ts";
import type { RegistryStarter } from "../registry/registry.ts";
import { dockerRunner } from "../run/docker-runner.ts";
import { CommandFailure, call, type Tool } from "../system/command.ts";
import { type DockerClient, writeClientConfiguration } from "./docker-client.ts";

/** How to reach an engine. */
export interface DockerEndpoint {
  readonly client: DockerClient;
  /** Address of the engine, as in DOCKER_HOST. */
  readonly host: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What `docker info` says that matters here. */
const infoSchema = z.object({
  ServerVersion: z.string(),
  OSType: z.string(),
  OperatingSystem: z.string(),
  SecurityOptions: z.array(z.string()).nullish(),
});

export type DockerInfo = z.infer<typeof infoSchema>;

/** A client that is told by arguments which engine to talk to, and whose configuration holds no login. */
export async function clientFor(endpoint: DockerEndpoint, stateDir: string): Promise<Tool> {
  const configFolder = await writeClientConfiguration(join(stateDir, "docker-config"), endpoint.client);
  return {
    program: endpoint.client.program,
    args: ["--host", endpoint.host, "--config", configFolder],
    env: endpoint.env,
  };
}

/**
 * Asks the engine what it is.
 * @throws CommandFailure when it does not answer in time.
 */
export async function dockerInfo(docker: Tool, timeoutMs: number): Promise<DockerInfo> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { stdout } = await call(docker, ["info", "--format", "{{json .}}"], { signal });
  return infoSchema.parse(JSON.parse(stdout));
}

/** The engine's images. */
export function dockerImages(docker: Tool): PublicImages {
  return {
    has: (image) =>
      call(docker, ["image", "inspect", image]).then(
        () => true,
        () => false,
      ),
    pull: (image, options) => call(docker, ["pull", image], options),
  };
}

/** The sandbox's containers on an engine. */
export interface SandboxContainers {
  readonly label: string;
  readonly namePrefix: string;
}

/** Names and marks the containers of one sandbox. */
export function containersOf(worldId: string): SandboxContainers {
  return { label: `delivery.sandbox=${worldId}`, namePrefix: `delivery-${worldId}-` };
}

/** Removes every container that carries the label, also those of a run that crashed; all of them without a label. */
export async function removeContainers(docker: Tool, label?: string): Promise<void> {
  const filter = label ? ["--filter", `label=${label}`] : [];
  const { stdout } = await call(docker, ["ps", "--all", "--quiet", ...filter]);
  const ids = stdout.split("\n").filter(Boolean);
  if (ids.length > 0) await call(docker, ["rm", "--force", "--volumes", ...ids]);
}

/** Puts an engine together from its parts. */
export function dockerEngine(parts: {
  readonly kind: Engine["kind"];
  readonly description: string;
  readonly request: EngineRequest;
  readonly endpoint: DockerEndpoint;
  readonly docker: Tool;
  readonly standIn?: string | undefined;
  readonly network: "host" | "published";
  readonly buildNetwork?: string;
  readonly startRegistry: RegistryStarter;
  readonly postgres: ServerKind;
  readonly cache: CacheServerKind;
  close(): Promise<void>;
}): Engine {
  const { endpoint, docker, request } = parts;
  const containers = containersOf(request.worldId);
  return {
    kind: parts.kind,
    description: parts.description,
    env: { DOCKER_HOST: endpoint.host, DOCKER_CONFIG: join(request.stateDir, "docker-config"), DOCKER_BUILDKIT: "1" },
    standIn: parts.standIn,
    builder: {
      tool: "docker",
      program: endpoint.client.program,
      args: ["--host", endpoint.host],
      env: { DOCKER_BUILDKIT: "1" },
      clientPlugins: [...endpoint.client.plugins],
      ...(parts.buildNetwork && { network: parts.buildNetwork }),
    },
    startRegistry: parts.startRegistry,
    runner: dockerRunner({
      docker,
      clientPlugins: endpoint.client.plugins,
      ...containers,
      folder: join(request.stateDir, "containers"),
      network: parts.network,
    }),
    postgres: parts.postgres,
    cache: parts.cache,
    async clear(registryAddress) {
      await removeContainers(docker, containers.label);
      await removeImages(docker, `${registryAddress}/`);
    },
    close: parts.close,
  };
}

/** Removes the images whose names start so, under each of their names. */
async function removeImages(docker: Tool, prefix: string): Promise<void> {
  const format = "{{.Repository}}:{{.Tag}}\n{{.Repository}}@{{.Digest}}";
  const { stdout } = await call(docker, ["image", "ls", "--digests", "--format", format]);
  const names = stdout.split("\n").filter((name) => name.startsWith(prefix) && !name.endsWith("<none>"));
  if (names.length === 0) return;
  await call(docker, ["image", "rm", "--force", ...new Set(names)]).catch((error: unknown) => {
    // With its last tag an image loses its digest too.
    if (!(error instanceof CommandFailure && /no such image/i.test(error.output))) throw error;
  });
}
