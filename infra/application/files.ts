/** The files of an application that tell how its team works, read once. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** A folder's files: their paths, and the texts of those that are asked for. */
export interface ApplicationFiles {
  /** Paths from the folder, with `/`, sorted. */
  readonly paths: readonly string[];
  /** The file's text; undefined when there is none. */
  text(path: string): string | undefined;
}

/** How deep a project's own settings lie; dependencies and media lie deeper, and in greater numbers. */
const DEPTH = 3;
/** Folders that hold others' files, or none that tell anything. */
const SKIPPED =
  /^(\.git|\.hg|\.venv|venv|env|node_modules|__pycache__|\.tox|\.nox|\.\w+_cache|media|static|staticfiles)$/;

/** Reads a folder; one that is not there, or that may not be read, has no files. */
export function readApplicationFiles(folder: string): ApplicationFiles {
  const paths = pathsBelow(folder, DEPTH)
    .map((path) => relative(folder, path).split(sep).join("/"))
    .sort();
  const known = new Set(paths);
  return { paths, text: (path) => (known.has(path) ? textOf(join(folder, path)) : undefined) };
}

function pathsBelow(folder: string, depth: number): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 && !SKIPPED.test(entry.name) ? pathsBelow(path, depth - 1) : [];
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
