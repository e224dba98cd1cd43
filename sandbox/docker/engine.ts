/** What the sandbox needs of a container engine, whichever it is. */
import type { Progress } from "../../cli/progress.ts";
import type { ContainerRunner } from "../services/core/service.ts";
import type { BuilderSettings } from "./build/builder-settings.ts";
import type { CacheServerKind } from "./cache/server.ts";
import type { ServerKind } from "./database/server.ts";
import type { RegistryStarter } from "./registry/registry.ts";

/** The machine's Docker engine, one that the sandbox starts for itself, or buildah, which is no engine. */
export type ContainerEngineKind = "machine" | "private" | "buildah";

/** An engine that is ready to build and run. */
export interface Engine {
  readonly kind: ContainerEngineKind;
  /** For people: "Docker 20.10.24, started by the sandbox". */
  readonly description: string;
  /** Points a docker client, and what builds images, at the engine. */
  readonly env: Readonly<Record<string, string>>;
  /** The stand-in for Docker Hub's base image, as a builder that knows no mirror names it; absent when there is none. */
  readonly standIn?: string | undefined;
  readonly builder: Omit<BuilderSettings, "secretFiles">;
  /** Starts a registry that the engine reaches as `localhost:PORT`. */
  readonly startRegistry: RegistryStarter;
  readonly runner: ContainerRunner;
  /** Runs PostgreSQL where the engine's containers reach it. */
  readonly postgres: ServerKind;
  /** Runs key value stores there. */
  readonly cache: CacheServerKind;
  /** Removes the sandbox's containers, and from an engine that others use the images of the sandbox's registry. */
  clear(registryAddress: string): Promise<void>;
  /** Stops what was started; nothing is left. */
  close(): Promise<void>;
}

/** Where and for whom an engine is opened. */
export interface EngineRequest {
  /** Folder shared by all sandboxes of this user. */
  readonly cacheDir: string;
  /** Folder of this sandbox's state; it alone uses it. */
  readonly stateDir: string;
  /** Short, stable name of the sandbox, from its state folder. */
  readonly worldId: string;
  readonly progress: Progress;
  /** Ends the opening. */
  readonly signal?: AbortSignal | undefined;
}

/** A way to get an engine. */
export interface EngineOption {
  readonly kind: ContainerEngineKind;
  /** For people: "the machine's Docker engine". */
  readonly title: string;
  /** Opens it. @throws Error saying why it cannot be had; nothing is left running then. */
  open(request: EngineRequest): Promise<Engine>;
}
