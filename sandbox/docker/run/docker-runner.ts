/** Runs containers for emulated Render on a Docker engine. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseReference, registryOf } from "../../../providers/kit/image-reference.ts";
import type { ContainerRequest, ContainerRunner, RunningContainer } from "../../services/core/service.ts";
import { withLogins } from "../build/login.ts";
import { pullFailure, startFailure } from "../failure.ts";
import { CommandFailure, call, lastLines, type Tool } from "../system/command.ts";
import { freePort } from "../system/ports.ts";
import { placeFiles } from "./container-files.ts";
import { containerNetwork } from "./container-network.ts";
import { placeVariables } from "./container-variables.ts";

/** How containers are run. */
export interface DockerRunnerOptions {
  /** The client, told by arguments which engine and configuration it uses. */
  readonly docker: Tool;
  readonly clientPlugins: readonly string[];
  /** Label that marks the sandbox's containers, `name=value`. */
  readonly label: string;
  /** Start of every container's name. */
  readonly namePrefix: string;
  /** Folder for files that containers get to see. */
  readonly folder: string;
  /**
   * "host": containers listen on the machine's loopback themselves, and reach what listens there.
   * "published": the engine runs in a virtual machine or a namespace, and forwards one port.
   */
  readonly network: "host" | "published";
}

const STOP_WITHIN_S = 10;

const stateSchema = z.object({ Running: z.boolean(), ExitCode: z.int() });

/** A runner whose containers all carry the label. */
export function dockerRunner(options: DockerRunnerOptions): ContainerRunner {
  return {
    async start(request) {
      const digest = await pull(options, request);
      const port = await freePort();
      const name = `${options.namePrefix}${request.name}`;
      const fileFolder = join(options.folder, request.name);
      const container = runningContainer(options, { name, port, digest, fileFolder });
      await container.stop();
      const mounts = await placeFiles(fileFolder, request.files ?? {});
      const network = containerNetwork(options.network, port, request.env);
      const variables = await placeVariables(join(fileFolder, "variables"), network.env);
      const docker: Tool = { ...options.docker, env: { ...options.docker.env, ...variables.env } };
      try {
        await call(docker, [
          ...["run", "--detach", "--name", name, "--label", options.label, ...network.arguments, ...mounts],
          ...variables.arguments,
          request.image,
          ...(request.command ? ["/bin/sh", "-c", request.command] : []),
        ]);
      } catch (error) {
        await container.stop();
        throw error instanceof CommandFailure ? startFailure(error, request.image) : error;
      }
      return container;
    },
  };
}

/** Pulls with the request's login and gives the digest that the registry named. */
async function pull(options: DockerRunnerOptions, request: ContainerRequest): Promise<string> {
  const { image, credential } = request;
  const logins = credential ? [{ address: registryOf(image), ...credential }] : [];
  await withLogins(logins, options.clientPlugins, async (configFolder) => {
    const docker: Tool = { ...options.docker, args: [...(options.docker.args ?? []), "--config", configFolder] };
    await call(docker, ["pull", "--quiet", image]).catch((error: unknown) => {
      throw error instanceof CommandFailure ? pullFailure(error, image, credential?.username) : error;
    });
  });
  const { stdout } = await call(options.docker, ["image", "inspect", "--format", "{{json .RepoDigests}}", image]);
  const repository = parseReference(image)?.name;
  const known = z.array(z.string()).parse(JSON.parse(stdout));
  const reference = known.find((candidate) => candidate.startsWith(`${repository}@`)) ?? known[0];
  const digest = parseReference(reference ?? "")?.digest;
  if (!digest) throw new Error(`The image ${image} has no digest, so it did not come from a registry.`);
  return digest;
}

function runningContainer(
  { docker }: DockerRunnerOptions,
  { name, port, digest, fileFolder }: { name: string; port: number; digest: string; fileFolder: string },
): RunningContainer {
  const state = async () => {
    const { stdout } = await call(docker, ["container", "inspect", "--format", "{{json .State}}", name]);
    return stateSchema.parse(JSON.parse(stdout));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    digest,
    running: () => state().then(({ Running }) => Running, isGone),
    exitCode: () =>
      state().then(
        ({ Running, ExitCode }) => (Running ? undefined : ExitCode),
        () => undefined,
      ),
    async logs(lines) {
      const result = await call(docker, ["logs", "--tail", String(lines), name]).catch(isGone);
      return result ? lastLines(result.output, lines) : [];
    },
    async stop() {
      await call(docker, ["stop", "--time", String(STOP_WITHIN_S), name]).catch(isGone);
      await call(docker, ["rm", "--force", "--volumes", name]).catch(isGone);
      await rm(fileFolder, { recursive: true, force: true });
    },
  };
}

/** A container that was removed does not run; any other failure is one. */
function isGone(error: unknown): false {
  if (error instanceof CommandFailure && /no such container/i.test(error.output)) return false;
  throw error;
}
