/** Databases as files: folders of `pg_dump`, packed as Render hands them out. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { call } from "../system/command.ts";
import { hostTool } from "../system/host.ts";

/** What every folder of `pg_dump` has ("pg_dump", --format=directory). */
const CONTENTS = "toc.dat";

/** The archive of a folder, which `write` makes at the path that it is given; in the archive it stands at `path`. */
export async function packed(path: string, write: (folder: string) => Promise<void>): Promise<Uint8Array> {
  return inFolder(async (folder) => {
    const content = join(folder, "content");
    const archive = join(folder, "archive.tar.gz");
    await mkdir(dirname(join(content, path)), { recursive: true });
    await write(join(content, path));
    const [first = ""] = path.split("/");
    await call(hostTool("tar"), ["--create", "--gzip", "--file", archive, "--directory", content, first]);
    return readFile(archive);
  });
}

/** Unpacks an archive, and hands the folder of `pg_dump` in it to `read`. @throws Error when there is none. */
export async function unpacked(archive: Uint8Array, read: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const file = join(folder, "archive.tar.gz");
    await writeFile(file, archive);
    await call(hostTool("tar"), ["--extract", "--gzip", "--file", file, "--directory", folder]);
    const contents = (await readdir(folder, { recursive: true })).find((path) => path.endsWith(`/${CONTENTS}`));
    if (contents === undefined) throw new Error("The archive holds no export of a database.");
    await read(join(folder, dirname(contents)));
  });
}

/** A folder of this user's alone, gone afterwards. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-database-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
