/** Finds, downloads or builds the Pulumi engine that runs this project. */
import { fileURLToPath } from "node:url";
import type { Engine, EngineRequest, EngineSources } from "./engine.ts";
import { ensureEngineFrom } from "./ensure.ts";

export type { Engine, EngineRequest } from "./engine.ts";
export { findEngine } from "./ensure.ts";
export { assertEntryExists } from "./entry.ts";
export { engineEnvironment } from "./environment.ts";
export { ENGINE_VERSION, MINIMUM_ENGINE_VERSION } from "./versions.ts";

const OFFICIAL_SOURCES: EngineSources = {
  npmWrapper: fileURLToPath(import.meta.resolve("pulumi/run.js")),
  goModules: fileURLToPath(new URL("modules", import.meta.url)),
};

/**
 * An engine that runs this project's program: the user's own on PATH when it is recent enough; else the pinned release,
 * which the npm package `pulumi` downloads and keeps; else the same, built from Go modules into the same folder.
 * Safe to call from several processes at once.
 * @throws UserError when there is none and none can be made; the signal's reason when aborted.
 */
export function ensureEngine(request: EngineRequest): Promise<Engine> {
  return ensureEngineFrom(OFFICIAL_SOURCES, request);
}
