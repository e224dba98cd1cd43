/** PostgreSQL's programs from Debian packages: one major version, the release's own. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { unpackPackages } from "../system/debian-packages.ts";
import { exists } from "../system/exists.ts";

/** Where the programs are, and what they need. */
export interface PostgresPrograms {
  /** Major version: "15". */
  readonly version: string;
  /** Folder of `initdb` and `postgres`. */
  readonly folder: string;
  /** Folder of the unpacked packages; what the machine has installed already is not in it. */
  readonly root: string;
  readonly env: Record<string, string>;
}

/** The package that names the release's own version. */
const PACKAGE = "postgresql";
const FOLDER = "usr/lib/postgresql";

/**
 * Provides the programs, downloading them once.
 * @throws Error with apt's own words when they cannot be had.
 */
export async function postgresPrograms(request: {
  readonly cacheDir: string;
  readonly progress: Progress;
}): Promise<PostgresPrograms> {
  const { root, env } = await unpackPackages({ ...request, packages: [PACKAGE] });
  for (const parent of [join(root, FOLDER), join("/", FOLDER)]) {
    const versions = (await readdir(parent).catch(() => [])).filter((name) => /^\d+$/.test(name));
    for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
      const folder = join(parent, version, "bin");
      if (await exists(join(folder, "postgres"))) return { version, folder, root, env };
    }
  }
  throw new Error(`The Debian package ${PACKAGE} brought no server to ${root}. Delete that folder, then start again.`);
}
