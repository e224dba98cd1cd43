/** The Docker engine that runs on this machine already. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { noted } from "../../../cli/progress.ts";
import { cacheContainer } from "../cache/cache-container.ts";
import { postgresContainer } from "../database/postgres-container.ts";
import type { Engine, EngineOption, EngineRequest } from "../engine.ts";
import { defaultBaseImage } from "../images/base-image.ts";
import { makeAvailable } from "../images/public-images.ts";
import { REGISTRY_IMAGE, registryContainer } from "../registry/registry-container.ts";
import { call } from "../system/command.ts";
import { hostEnvironment } from "../system/host.ts";
import { findDockerClient } from "./docker-client.ts";
import {
  clientFor,
  containersOf,
  type DockerInfo,
  dockerEngine,
  dockerImages,
  dockerInfo,
  removeContainers,
} from "./docker-engine.ts";

const ANSWER_WITHIN_MS = 10_000;

export const machineEngine: EngineOption = {
  kind: "machine",
  title: "the machine's Docker engine",
  async open(request: EngineRequest): Promise<Engine> {
    const env = hostEnvironment();
    const client = await findDockerClient(env);
    const host = await engineAddress(client.program, env);
    if (!isLocal(host)) {
      throw new Error(`It is on another machine (${host}), where the emulated services cannot be reached.`);
    }
    const endpoint = { client, host, env };
    const docker = await clientFor(endpoint, request.stateDir);
    const info = await dockerInfo(docker, ANSWER_WITHIN_MS).catch(() => {
      throw new Error(`It does not answer at ${host}.`);
    });
    if (info.OSType !== "linux") throw new Error(`It runs ${info.OSType} containers; switch it to Linux containers.`);

    const containers = containersOf(request.worldId);
    await removeContainers(docker, containers.label);
    for (const image of [await defaultBaseImage(), REGISTRY_IMAGE]) {
      if (image && !(await makeAvailable(dockerImages(docker), image, request))) {
        throw new Error(
          `It cannot pull ${image} from Docker Hub. Give it access, or load the image with "docker load".`,
        );
      }
    }
    const network = sharesLoopback(info) ? "host" : "published";
    return dockerEngine({
      kind: "machine",
      description: `Docker ${info.ServerVersion} of this machine`,
      request,
      endpoint,
      docker,
      network,
      startRegistry: registryContainer(docker, containers.label, `${containers.namePrefix}registry`),
      postgres: postgresContainer({
        ...{ docker, images: dockerImages(docker), network, ...containers },
        progress: noted(request.progress),
      }),
      cache: cacheContainer({
        ...{ docker, images: dockerImages(docker), network, ...containers },
        progress: noted(request.progress),
      }),
      async close() {
        await removeContainers(docker, containers.label);
        await rm(join(request.stateDir, "docker-config"), { recursive: true, force: true });
      },
    });
  },
};

/** DOCKER_HOST, else the address of the client's current context. */
async function engineAddress(program: string, env: Readonly<Record<string, string>>): Promise<string> {
  if (env["DOCKER_HOST"]) return env["DOCKER_HOST"];
  const format = "{{json .Endpoints.docker.Host}}";
  const { stdout } = await call({ program, env }, ["context", "inspect", "--format", format]);
  return z.string().parse(JSON.parse(stdout));
}

function isLocal(host: string): boolean {
  return /^(?:unix|npipe):/.test(host) || /^tcp:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::|$)/.test(host);
}

/** False where the engine runs in a virtual machine or in a network namespace of its own. */
function sharesLoopback(info: DockerInfo): boolean {
  const rootless = info.SecurityOptions?.some((option) => option.includes("rootless")) ?? false;
  return process.platform === "linux" && !rootless && !/Docker Desktop/i.test(info.OperatingSystem);
}
