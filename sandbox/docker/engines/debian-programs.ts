/** The programs of an engine of the sandbox's own. */
import type { EngineRequest } from "../engine.ts";
import { isDebianRoot, unpackPackages } from "../system/debian-packages.ts";
import { findProgram } from "../system/host.ts";

/** Programs from Debian packages. */
export interface DebianPrograms {
  /** Folder that stands for `/` of the unpacked packages. */
  readonly root: string;
  /** The environment that the programs need. */
  readonly env: Record<string, string>;
  /** Path of a program. @throws Error when no package brought it. */
  program(name: string): Promise<string>;
}

/** What every engine of the sandbox's own needs: a registry, the base image's maker, a parent for daemons. */
const COMMON_PACKAGES = ["docker-registry", "mmdebstrap", "tini"];

/**
 * Provides an engine's packages and the common ones.
 * @throws Error when the machine is no Debian, or this user is not root.
 */
export async function debianPrograms(
  { cacheDir, progress, signal }: EngineRequest,
  packages: readonly string[],
  optionalPackages: readonly string[],
): Promise<DebianPrograms> {
  if (!(await isDebianRoot())) throw new Error("It needs Debian, or a derivative, and root.");
  const all = [...packages, ...COMMON_PACKAGES];
  const { root, env } = await unpackPackages({ cacheDir, packages: all, optionalPackages, progress, signal });
  return {
    root,
    env,
    async program(name) {
      const path = await findProgram(name, env);
      if (!path) throw new Error(`The program ${name} is missing from the unpacked packages in ${root}.`);
      return path;
    },
  };
}
