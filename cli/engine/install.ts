/** Puts the pinned engine into the cache, whole or not at all. */
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { silentProgress } from "../progress.ts";
import { UserError } from "../user-error.ts";
import { buildEngine } from "./build.ts";
import { findInCache, pinnedEngine, versionsFolder } from "./cache.ts";
import { downloadEngine } from "./download.ts";
import type { Engine, EngineSources, SearchContext } from "./engine.ts";
import { withInstallLock } from "./install-lock.ts";
import { installInstruction } from "./instructions.ts";
import { ENGINE_VERSION } from "./versions.ts";

/** Prefix of the folders in which an engine is made before it is moved to its place. */
const STAGING_PREFIX = `.${ENGINE_VERSION}-`;

/**
 * Downloads the pinned engine, or builds it when no release is in reach. Processes that do so at the same time
 * install once; the later ones wait and take the result.
 * @throws UserError with what each way failed on and the command that installs the engine; the signal's reason when aborted.
 */
export async function installEngine(context: SearchContext, sources: EngineSources): Promise<Engine> {
  const versions = versionsFolder(context.env);
  await mkdir(versions, { recursive: true }).catch((error: Error) => {
    throw new UserError(
      `The engine's folder ${versions} cannot be made: ${error.message}.`,
      "Set PULUMI_HOME to a folder that you may write to.",
      { cause: error },
    );
  });
  return withInstallLock(versions, context, async (signal) => {
    const locked = { ...context, signal };
    const installedMeanwhile = await findInCache({ ...locked, progress: silentProgress });
    if (installedMeanwhile) return installedMeanwhile;
    await removeLeftovers(versions);
    return firstThatWorks(versions, locked, [
      { name: "Download", fill: (home) => downloadEngine(home, locked, sources.npmWrapper) },
      { name: "Build", fill: (home) => buildEngine(home, locked, sources.goModules) },
    ]);
  });
}

/** One way to get the engine into `<home>/versions/<version>/bin`. */
interface Way {
  readonly name: string;
  fill(home: string): Promise<void>;
}

async function firstThatWorks(versions: string, context: SearchContext, ways: readonly Way[]): Promise<Engine> {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      return await stage(versions, context, way);
    } catch (error) {
      context.signal?.throwIfAborted();
      const failure = `${way.name} failed: ${(error as Error).message}`;
      context.progress.note(failure);
      failures.push(failure);
    }
  }
  throw new UserError(
    `There is no Pulumi engine here and ${ENGINE_VERSION} can be neither downloaded nor built.\n${failures.join("\n")}`,
    `To go on, ${installInstruction()}, then run this again.`,
  );
}

async function stage(versions: string, context: SearchContext, way: Way): Promise<Engine> {
  const home = await mkdtemp(join(versions, STAGING_PREFIX));
  try {
    await way.fill(home);
    const made = join(home, "versions", ENGINE_VERSION);
    const engine = await pinnedEngine(join(made, "bin"), context);
    const place = join(versions, ENGINE_VERSION);
    await rm(place, { recursive: true, force: true });
    await rename(made, place);
    const binDir = join(place, "bin");
    return { ...engine, binDir, pulumi: engine.pulumi.replace(engine.binDir, binDir) };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** What a process that was killed had begun. Only the holder of the lock has such a folder. */
async function removeLeftovers(versions: string): Promise<void> {
  const names = await readdir(versions);
  const leftovers = names.filter((name) => name.startsWith(STAGING_PREFIX));
  await Promise.all(leftovers.map((name) => rm(join(versions, name), { recursive: true, force: true })));
}
