/**
 * The offline editions as an engine has installed them, copied from world to world: an engine that is started four times
 * for each world is a good part of what a small test costs. What installs them is tested by itself.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "../../../sandbox/paths.ts";

/** What is installed names this checkout and this Node, so that of others it would be installed anew in every world. */
const PLACE = createHash("sha256").update(`${projectRoot}\n${process.execPath}`).digest("hex").slice(0, 8);
const INSTALLED = join(projectRoot, "node_modules", ".cache", `editions-for-tests-${PLACE}`);

/** Where a world's engine looks for plugins. */
function pluginsOf(stateDir: string): string {
  return join(stateDir, "pulumi-home", "offline", "plugins");
}

/**
 * Puts what an earlier world has installed into a world that is about to be opened, in which what is missing or old is
 * installed as ever.
 */
export async function bringEditions(stateDir: string): Promise<void> {
  if (existsSync(INSTALLED)) await cp(INSTALLED, pluginsOf(stateDir), { recursive: true });
}

/** Keeps what a world has installed for the worlds after it. Of worlds that do so at the same time, one is kept. */
export async function keepEditions(stateDir: string): Promise<void> {
  if (existsSync(INSTALLED)) return;
  await mkdir(dirname(INSTALLED), { recursive: true });
  const copy = await mkdtemp(`${INSTALLED}-`);
  await cp(pluginsOf(stateDir), copy, { recursive: true });
  await rename(copy, INSTALLED).catch(() => rm(copy, { recursive: true }));
}
