/** Git's loose objects: one compressed file each, named by its content. */
import { randomUUID } from "node:crypto";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { ObjectType } from "../git-objects.ts";

/** Writes an object into a repository, unless it is there. A crash leaves it whole or absent. */
export async function writeObject(
  folder: string,
  type: ObjectType | "tag",
  sha: string,
  content: Buffer,
): Promise<void> {
  const place = join(folder, "objects", sha.slice(0, 2));
  const file = join(place, sha.slice(2));
  if (await stat(file).catch(() => undefined)) return;
  await mkdir(place, { recursive: true });
  const stored = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const unfinished = join(place, `tmp_obj_${randomUUID()}`);
  await writeFile(unfinished, await promisify(deflate)(stored), { mode: 0o444 });
  await rename(unfinished, file);
}
