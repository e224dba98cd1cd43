/** Writes a file that others may be reading. */
import { randomBytes } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes it for this user alone, in one step: whoever reads it sees the old content or the new.
 * @param draftFolder where the draft may be seen; in the folder of the file when left out.
 */
export async function writeWhole(path: string, content: string, draftFolder = dirname(path)): Promise<void> {
  const draft = join(draftFolder, `${basename(path)}.${randomBytes(6).toString("hex")}`);
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, path);
}
