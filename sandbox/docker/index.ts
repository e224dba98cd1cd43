/** The container world of a sandbox: an engine, a registry that asks for a login, and a way to run what was pushed. */
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Progress } from "../../cli/progress.ts";
import type { Caches } from "../services/core/caches.ts";
import type { Databases } from "../services/core/databases.ts";
import type { ContainerRunner } from "../services/core/service.ts";
import { builderEnvironment } from "./build/builder-settings.ts";
import { packageIndexSecrets } from "./build/package-index.ts";
import { openCaches } from "./cache/caches.ts";
import { chooseEngine, engineFromEnvironment } from "./choice.ts";
import { endLeftServers, openDatabases } from "./database/databases.ts";
import type { ContainerEngineKind } from "./engine.ts";
import { buildahEngine } from "./engines/buildah-engine.ts";
import { machineEngine } from "./engines/machine-engine.ts";
import { privateEngine } from "./engines/private-engine.ts";
import { withDigests } from "./registry/image-digest.ts";
import { openRegistry, type RegistryAccess } from "./registry/registry.ts";
import { Cleanup } from "./system/cleanup.ts";
import { hostEnvironment } from "./system/host.ts";
import { claimFolder } from "./system/owner.ts";

export type { ContainerEngineKind } from "./engine.ts";
export type { RegistryAccess } from "./registry/registry.ts";

/** How to open a container world. */
export interface ContainerWorldOptions {
  /** Folder shared by all sandboxes of this user: programs, base image, layer cache. */
  readonly cacheDir: string;
  /** Folder of this sandbox's own state, the registry's images among it. One sandbox at a time uses it. */
  readonly stateDir: string;
  readonly progress: Progress;
  /** Ends the opening; what was started is stopped again. */
  readonly signal?: AbortSignal | undefined;
  /** Uses this engine or none. The environment variable SANDBOX_CONTAINER_ENGINE says the same. */
  readonly engine?: ContainerEngineKind;
}

/** An open container world. */
export interface ContainerWorld {
  readonly kind: ContainerEngineKind;
  /** The application's registry; it refuses any other login. */
  readonly registry: RegistryAccess;
  /** Files, by BuildKit secret id, with which a build step reaches the package index as this machine does. */
  readonly buildSecrets: Readonly<Record<string, string>>;
  /** Points `buildAndPush`, and a docker client, at this world. */
  readonly env: Readonly<Record<string, string>>;
  /** The stand-in for Docker Hub's base image, as a builder that knows no mirror names it; absent when there is none. */
  readonly standIn?: string | undefined;
  /** Runs images of the registry. */
  readonly runner: ContainerRunner;
  /** Real databases, which those images reach at the addresses given; they are kept in the state folder. */
  readonly databases: Databases;
  /** Real key value stores, likewise. */
  readonly caches: Caches;
  /** Removes the containers, stops everything that was started and leaves no process, mount or control group. */
  close(): Promise<void>;
}

/** The ways to get an engine, the best first. */
const ENGINES = [machineEngine, privateEngine, buildahEngine];

/**
 * Opens a container world: chooses an engine, provides a base image, starts the registry.
 * What a crashed sandbox left in the same state folder is cleared first.
 * @throws Error that says for each engine why it cannot be used and what to do; the signal's reason when aborted. Nothing
 * is left running then.
 */
export async function openContainerWorld(options: ContainerWorldOptions): Promise<ContainerWorld> {
  const { progress, signal } = options;
  const stateDir = resolve(options.stateDir);
  const env = hostEnvironment();
  const cleanup = new Cleanup();
  try {
    cleanup.add(await claimFolder(stateDir));
    const engine = await chooseEngine(
      ENGINES,
      { cacheDir: resolve(options.cacheDir), stateDir, worldId: worldIdOf(stateDir), progress, signal },
      options.engine ?? engineFromEnvironment(env),
    );
    cleanup.add(engine.close);
    signal?.throwIfAborted();
    const registry = await openRegistry(join(stateDir, "registry"), engine.startRegistry, (message) =>
      progress.note(message),
    );
    cleanup.add(registry.close);
    const databaseFolder = join(stateDir, "postgres");
    await endLeftServers(databaseFolder);
    const databases = openDatabases(databaseFolder, engine.postgres, (message) => progress.note(message));
    const cacheFolder = join(stateDir, "caches");
    await endLeftServers(cacheFolder);
    const caches = openCaches(cacheFolder, engine.cache, (message) => progress.note(message));
    cleanup.add(() => engine.clear(registry.address));
    cleanup.add(databases.close);
    cleanup.add(caches.close);
    const secretFiles = await packageIndexSecrets(join(stateDir, "build-secrets"), env);
    progress.note(`Container engine: ${engine.description}. Registry: ${registry.address}.`);
    return {
      kind: engine.kind,
      registry: { address: registry.address, username: registry.username, password: registry.password },
      env: { ...engine.env, ...builderEnvironment({ ...engine.builder, secretFiles }) },
      buildSecrets: secretFiles,
      standIn: engine.standIn,
      runner: withDigests(engine.runner),
      databases,
      caches,
      close: () => cleanup.run(),
    };
  } catch (error) {
    await cleanup.runAfterFailure((message) => progress.note(message));
    throw error;
  }
}

/** Names the sandbox on engines that others use too. */
function worldIdOf(stateDir: string): string {
  return createHash("sha256").update(stateDir).digest("hex").slice(0, 10);
}
