/** Where the bare repositories are. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folder, made when it is first needed. */
export interface GitFolder {
  readonly path: () => Promise<string>;
  /** Removes a folder that was made for this process only. */
  close(): Promise<void>;
}

/** The given folder, which stays; without one a folder of this process's own. */
export function gitFolder(given: string | undefined): GitFolder {
  let made: Promise<string> | undefined;
  const make = async (): Promise<string> => {
    if (given === undefined) return mkdtemp(join(tmpdir(), "delivery-git-"));
    await mkdir(given, { recursive: true });
    return given;
  };
  return {
    path: () => {
      made ??= make();
      return made;
    },
    async close() {
      if (given === undefined && made) await rm(await made, { recursive: true, force: true });
    },
  };
}
