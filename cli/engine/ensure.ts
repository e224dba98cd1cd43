/** The search for an engine, in its order. */
import { findInCache } from "./cache.ts";
import type { Engine, EngineRequest, EngineSources, SearchContext } from "./engine.ts";
import { installEngine } from "./install.ts";
import { findOnPath } from "./path-search.ts";

/**
 * An engine that is on the machine already: the user's own on PATH, else the pinned one in the cache.
 * Installs nothing; undefined when there is none.
 * @throws the signal's reason when aborted.
 */
export async function findEngine(request: EngineRequest): Promise<Engine | undefined> {
  const context = searchContext(request);
  return (await findOnPath(context)) ?? (await findInCache(context));
}

/**
 * An engine in any case: one that is there, else the pinned release from these sources, downloaded or built.
 * @throws UserError when there is none and none can be made; the signal's reason when aborted.
 */
export async function ensureEngineFrom(sources: EngineSources, request: EngineRequest): Promise<Engine> {
  return (await findEngine(request)) ?? (await installEngine(searchContext(request), sources));
}

function searchContext(request: EngineRequest): SearchContext {
  return { ...request, env: request.env ?? process.env };
}
