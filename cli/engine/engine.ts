/** What the search for an engine takes and gives. */
import type { Progress } from "../progress.ts";

/** A Pulumi engine that can run this project's program. */
export interface Engine {
  /** Path of the `pulumi` executable. */
  readonly pulumi: string;
  /** Folder of that executable. */
  readonly binDir: string;
  readonly version: string;
  /** Where it came from: the user's PATH, the release that the npm package `pulumi` keeps, or a build of the same. */
  readonly source: "path" | "npm" | "built";
}

/** What a search needs. */
export interface EngineRequest {
  readonly progress: Progress;
  /** Stops a download or a build; nothing is left running or half installed. */
  readonly signal?: AbortSignal | undefined;
  /** The user's environment; `process.env` when absent. PATH, HOME and PULUMI_HOME decide where is searched. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** A request with its defaults filled in. */
export interface SearchContext extends EngineRequest {
  readonly env: NodeJS.ProcessEnv;
}

/** Where an engine is taken from when none is there yet. */
export interface EngineSources {
  /** Path of the script of the npm package `pulumi` that downloads a release. */
  readonly npmWrapper: string;
  /** Folder of the pinned Go modules. */
  readonly goModules: string;
}
