/** Files that a container gets to see. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes files into a folder of the machine.
 * @param files contents by absolute path in the container.
 * @returns the options that show them to the container, read-only; docker and buildah read them alike.
 */
export async function placeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const mounts: string[] = [];
  for (const [index, [path, content]] of Object.entries(files).entries()) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const source = join(folder, String(index));
    // The container's user is not this one; the folder keeps other users of the machine out.
    await writeFile(source, content, { mode: 0o644 });
    mounts.push("--volume", `${source}:${path}:ro`);
  }
  return mounts;
}
