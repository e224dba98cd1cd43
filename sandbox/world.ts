/** The offline world: a container engine with a registry, and the four emulated services, opened and closed together. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../cli/progress.ts";
import { type ContainerEngineKind, type ContainerWorld, openContainerWorld } from "./docker/index.ts";
import { imageLister } from "./docker/registry/image-lister.ts";
import { Cleanup } from "./docker/system/cleanup.ts";
import { machineRunner } from "./jobs/machine-runner.ts";
import { keepPorts, readKeptPorts } from "./kept-ports.ts";
import { runningFile, type WorldDescription } from "./running.ts";
import { defaultAccount } from "./services/core/account.ts";
import type { ServicePorts } from "./services/core/ports.ts";
import { gitProblem } from "./services/github/git/run.ts";
import { type RunningServices, startServices } from "./services/host.ts";

/** How to open a world. */
export interface WorldOptions {
  /** Folder of this world's state; made when missing. One world at a time uses it. */
  readonly stateDir: string;
  /** Folder shared by all worlds of this user. */
  readonly cacheDir: string;
  /** Fixed ports; what is not given listens where it did the last time, at first on a free one. */
  readonly ports?: ServicePorts;
  /** Record secrets in the traffic as they are. */
  readonly rawTraffic?: boolean;
  /** Refuse what Render's rate limits do not allow. */
  readonly rateLimits?: boolean;
  /** Run the jobs of the pipelines that pushes start. */
  readonly runPipelines?: boolean;
  /** Which container engine to use; the best available when not given. */
  readonly containerEngine?: ContainerEngineKind;
  readonly progress: Progress;
  /** Ends the opening; what was started is stopped again. */
  readonly signal?: AbortSignal;
}

/** An open world. */
export interface World {
  readonly description: WorldDescription;
  readonly services: RunningServices;
  readonly containers: ContainerWorld;
  /** Stops the services, their containers and the engine; the state folder stays. */
  close(): Promise<void>;
}

/**
 * Opens a world and records it in the state folder, so that `exec` finds it.
 * @throws Error with a readable message when a port is taken or no container engine can be had; nothing is left running.
 */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { stateDir, signal } = options;
  await mkdir(stateDir, { recursive: true });
  const cleanup = new Cleanup();
  try {
    const containers = await openContainerWorld({
      cacheDir: options.cacheDir,
      stateDir: join(stateDir, "docker"),
      progress: options.progress,
      signal,
      ...(options.containerEngine && { engine: options.containerEngine }),
    });
    cleanup.add(containers.close);
    signal?.throwIfAborted();
    const problem = await gitProblem();
    if (problem) options.progress.note(problem);
    const services = await startServices({
      dbFile: join(stateDir, "services.sqlite"),
      runner: containers.runner,
      databases: containers.databases,
      caches: containers.caches,
      gitFolder: join(stateDir, "git"),
      linked: true,
      ...(options.runPipelines && {
        jobRunner: (env) =>
          machineRunner({
            environment: { ...addressesOf(env), ...containers.env },
            databases: containers.databases,
            pipCache: join(options.cacheDir, "jobs", "pip"),
          }),
      }),
      images: imageLister(containers.registry),
      ...(options.ports && { ports: options.ports }),
      keptPorts: await readKeptPorts(stateDir),
      log: (message) => options.progress.note(message),
      ...(options.rawTraffic && { rawTraffic: true }),
      ...(options.rateLimits && { account: { ...defaultAccount, limits: { renderRateLimits: true } } }),
    });
    cleanup.add(services.close);
    await keepPorts(stateDir, services.ports);
    const description = describe(services, containers);
    const recordFile = runningFile(stateDir);
    await writeFile(recordFile, JSON.stringify(description), { mode: 0o600 });
    cleanup.add(() => rm(recordFile, { force: true }));
    return { description, services, containers, close: () => cleanup.run() };
  } catch (error) {
    await cleanup.runAfterFailure((message) => options.progress.note(message));
    throw error;
  }
}

/** Addresses without the tokens beside them: a job has those that its contexts hold. */
function addressesOf(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => /_(?:BASE_URL|HOST)$/.test(name)));
}

function describe(services: RunningServices, containers: ContainerWorld): WorldDescription {
  const addresses = Object.entries(services.services).map(([name, service]) => [name, service.baseUrl]);
  return {
    pid: process.pid,
    console: services.console.baseUrl,
    services: Object.fromEntries(addresses),
    registry: containers.registry,
    buildSecrets: containers.buildSecrets,
    standIn: containers.standIn,
    env: { ...services.env, ...containers.env },
  };
}
