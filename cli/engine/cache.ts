/** The folder where the npm package `pulumi` and the Automation API keep engines. */
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import which from "which";
import type { Engine, SearchContext } from "./engine.ts";
import { engineVersion, languageHost } from "./inspect.ts";
import { BUILT_HOST, ENGINE_VERSION, LANGUAGE_HOST } from "./versions.ts";

/**
 * The folder that holds one folder per version.
 * Source: npm package pulumi, README, "Cache location".
 */
export function versionsFolder(env: NodeJS.ProcessEnv): string {
  const home = env["PULUMI_HOME"] || join(env["HOME"] || homedir(), ".pulumi");
  return join(home, "versions");
}

/** The pinned engine in the cache; undefined when it is absent, or, with a note, when it cannot be used. */
export async function findInCache(context: SearchContext): Promise<Engine | undefined> {
  const binDir = join(versionsFolder(context.env), ENGINE_VERSION, "bin");
  const pulumi = await which("pulumi", { path: binDir, nothrow: true });
  if (pulumi === null) return undefined;
  try {
    return await pinnedEngine(binDir, context);
  } catch (error) {
    context.signal?.throwIfAborted();
    context.progress.note(`The engine in ${binDir} cannot be used and is replaced: ${(error as Error).message}.`);
    return undefined;
  }
}

/**
 * The engine in this folder, proved to be the pinned one and to have its language host beside it.
 * @throws Error that says what is wrong with it.
 */
export async function pinnedEngine(binDir: string, context: SearchContext): Promise<Engine> {
  const pulumi = await which("pulumi", { path: binDir });
  const { version } = await engineVersion(pulumi, context);
  if (version !== ENGINE_VERSION) throw new Error(`it is Pulumi ${version}, not ${ENGINE_VERSION}`);
  const host = await languageHost(pulumi, context.env);
  if (host === undefined || dirname(host) !== binDir) throw new Error(`it has no ${LANGUAGE_HOST} beside it`);
  const built = (await which(BUILT_HOST, { path: binDir, nothrow: true })) !== null;
  return { pulumi, binDir, version, source: built ? "built" : "npm" };
}
