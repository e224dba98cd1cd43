/** Writes a file that others may be reading. */
import { randomBytes } from "node:crypto";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** How a file is written. */
export interface WholeFile {
  /** Who may read it: this user alone when left out. */
  readonly mode?: number;
  /** Where the draft may be seen; in the folder of the file when left out. */
  readonly draftFolder?: string;
}

/** Writes it in one step: whoever reads it sees the old content or the new, also after this process was killed. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, draftFolder = dirname(path) }: WholeFile = {},
): Promise<void> {
  const draft = join(draftFolder, `${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeFile(draft, content, { mode: 0o600 });
    await chmod(draft, mode);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The same for a file of the user's: it keeps its mode, and stays where a link leads to it. */
export async function rewriteWhole(path: string, content: string | Uint8Array): Promise<void> {
  const place = await realpath(path).catch(() => path);
  const before = await stat(place).catch(() => undefined);
  await writeWhole(place, content, { mode: before ? before.mode & 0o777 : 0o666 & ~process.umask() });
}
