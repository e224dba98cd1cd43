/** A folder with a context that is ready to be built: `context/`, `Dockerfile`, and what its files look like. */
import { chmodSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderEntries, systemPath } from "./file-names.ts";
import { type FileStamp, stampOf } from "./file-stamp.ts";

const LIST = "files.json";
const BESIDE = ["Dockerfile", "Dockerfile.dockerignore"];
const FOLDER_MODE = 0o755;

/** Makes `<folder>/context` and the folders in it that these paths need. */
export function makeFolders(folder: string, paths: readonly string[]): void {
  const context = join(folder, "context");
  const folders = new Set([""]);
  for (const path of paths)
    for (let above = parent(path); !folders.has(above); above = parent(above)) folders.add(above);
  // The shortest first: a folder goes before what is in it.
  for (const path of [...folders].sort()) {
    const made = systemPath(`${context}/${path}`);
    mkdirSync(made, { recursive: true });
    // mkdir's own mode depends on the umask, and the image keeps it.
    chmodSync(made, FOLDER_MODE);
  }
}

function parent(path: string): string {
  const above = dirname(path);
  return above === "." ? "" : above;
}

/** Writes what belongs beside the context, and the list by which `isIntact` knows the folder again. */
export function finishFolder(folder: string, dockerfile: string, stamps: ReadonlyMap<string, FileStamp>): void {
  // Takes the place of the context's own ignore file, whose rules may be others than those applied here.
  const rules = "# What does not belong to the image was left out before.\n";
  for (const [index, text] of [dockerfile, rules].entries()) writeFileSync(join(folder, BESIDE[index] ?? ""), text);
  const beside = BESIDE.map((name) => [name, stampAt(`${folder}/${name}`)] as const);
  writeFileSync(join(folder, LIST), JSON.stringify([...beside, ...[...stamps].map(inContext)]));
}

function inContext([path, stamp]: readonly [string, FileStamp]): readonly [string, FileStamp] {
  return [`context/${path}`, stamp];
}

/** Whether a folder is there and holds exactly what was written into it. */
export function isIntact(folder: string): boolean {
  try {
    const stamps = new Map(JSON.parse(readFileSync(join(folder, LIST), "utf8")) as [string, FileStamp][]);
    const isAsWritten = (path: string): boolean => stamps.get(path) === stampAt(`${folder}/${path}`);
    if (!BESIDE.every(isAsWritten)) return false;
    let seen = BESIDE.length;
    const folders = ["context"];
    for (const path of folders) {
      if ((lstatSync(systemPath(`${folder}/${path}`)).mode & 0o777) !== FOLDER_MODE) return false;
      for (const { name, kind } of folderEntries(`${folder}/${path}`)) {
        if (kind === "folder") folders.push(`${path}/${name}`);
        else if (isAsWritten(`${path}/${name}`)) seen += 1;
        else return false;
      }
    }
    return seen === stamps.size;
  } catch {
    return false;
  }
}

function stampAt(path: string): FileStamp {
  return stampOf(lstatSync(systemPath(path), { bigint: true }));
}
