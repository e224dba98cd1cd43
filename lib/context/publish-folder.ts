/** Makes a staged folder: filled where nobody looks, then put in its place in one step. */
import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ProcessIdentity } from "../process-identity.ts";
import { systemPath } from "./file-names.ts";
import { hold, letGo } from "./holders.ts";
import { finishFolder, isIntact, makeFolders } from "./staged-folder.ts";
import { readAll } from "./threads.ts";
import { knownOf, type ReadTree, readTree, type Tree } from "./tree.ts";

/** The name of the folder with this content. */
export function folderName(contentHash: string): string {
  return contentHash.slice(0, 32);
}

/** Whether it is the name of a folder that is complete. */
export function isFolderName(name: string): boolean {
  return /^[0-9a-f]{32}$/.test(name);
}

/** Copies a tree to the folder of `root` that its content names. Throws the system's error. */
export async function publishFolder(tree: Tree, root: string, holder: ProcessIdentity): Promise<ReadTree> {
  const incoming = `incoming-${randomUUID()}`;
  const folder = join(root, incoming);
  await hold(root, incoming, holder);
  try {
    const result = await fill(folder, tree);
    const name = folderName(result.contentHash);
    await hold(root, name, holder);
    await putInPlace(folder, join(root, name));
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await letGo(root, incoming, holder);
  }
}

async function fill(folder: string, tree: Tree): Promise<ReadTree> {
  const context = join(folder, "context");
  const paths = tree.entries.map(({ path }) => path);
  makeFolders(folder, paths);
  const copied = await readAll(tree.source, tree.entries, context);
  const result = await readTree(tree, new Map(knownOf(copied)));
  for (const path of result.keys) await rm(systemPath(`${context}/${path}`));
  await removeFoldersWithout(context, paths, [...result.files.keys()]);
  const stamps = copied.map(({ path, copyStamp }) => [path, copyStamp] as const);
  finishFolder(folder, tree.dockerfile, new Map(stamps.filter(([path]) => result.files.has(path))));
  return result;
}

/** Folders of a context that hold none of the files any more. */
async function removeFoldersWithout(context: string, before: readonly string[], files: readonly string[]) {
  const needed = foldersOf(files);
  for (const folder of foldersOf(before))
    if (!needed.has(folder)) await rm(systemPath(`${context}/${folder}`), { recursive: true, force: true });
}

function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set(["."]);
  for (const path of paths)
    for (let above = dirname(path); !folders.has(above); above = dirname(above)) folders.add(above);
  return folders;
}

/** Another run may have made the same folder meanwhile, and reads it: it is replaced only when it was tampered with. */
async function putInPlace(folder: string, place: string): Promise<void> {
  if (await renamed(folder, place)) return;
  if (isIntact(place)) return;
  const spoilt = `${folder}.spoilt`;
  await renamed(place, spoilt);
  await rm(spoilt, { recursive: true, force: true });
  // Whoever was faster has put the same content there.
  await renamed(folder, place);
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
