/** What is known of an application's files from the run before, so that those that are unchanged are not read again. */
import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileFacts } from "./copy-files.ts";
import { type FileStamp, isSettled } from "./file-stamp.ts";

/** A file, and its stamp when it was read. */
export interface KnownFile extends FileFacts {
  readonly stamp: FileStamp;
}

/** What one run keeps for the next. */
export interface KnownFiles {
  /** Where it is kept. */
  readonly file: string;
  /** The folder that was staged then; empty when there was none. */
  readonly staged: string;
  readonly files: ReadonlyMap<string, KnownFile>;
}

type Row = readonly [path: string, stamp: FileStamp, sha256: string, kind: FileFacts["kind"], mark?: FileFacts["mark"]];

/** Another one when files are marked by other rules. */
const VERSION = 2;
const FORGOTTEN_MS = 30 * 24 * 60 * 60 * 1000;

/** Reads what was kept of this folder; nothing when there is none, or it cannot be read: it only saves time. */
export async function readKnownFiles(root: string, source: string): Promise<KnownFiles> {
  const file = join(root, `known-${createHash("sha256").update(source).digest("hex").slice(0, 16)}.json`);
  const nothing: KnownFiles = { file, staged: "", files: new Map() };
  try {
    const kept = JSON.parse(await readFile(file, "utf8"));
    if (kept.version !== VERSION || kept.source !== source) return nothing;
    const rows: readonly Row[] = kept.files;
    const files = new Map<string, KnownFile>();
    for (const [path, stamp, sha256, kind, mark] of rows)
      files.set(path, { stamp, sha256, kind, ...(mark && { mark }) });
    return { file, staged: kept.staged, files };
  } catch {
    return nothing;
  }
}

/**
 * Keeps what is known of a folder's files, in one step: two runs at once each know the truth.
 * @param readAt when the first of the files was read. One that changed about then is read again.
 */
export async function writeKnownFiles(
  { file, staged, files }: KnownFiles,
  source: string,
  readAt: number,
): Promise<void> {
  const rows: Row[] = [...files]
    .filter(([, { stamp }]) => isSettled(stamp, readAt))
    .map(([path, { stamp, sha256, kind, mark }]) =>
      mark ? [path, stamp, sha256, kind, mark] : [path, stamp, sha256, kind],
    );
  const incoming = `${file}.${process.pid}`;
  await writeFile(incoming, JSON.stringify({ version: VERSION, source, staged, files: rows }));
  await rename(incoming, file);
}

/** Forgets the folders that have not been staged for a month. */
export async function forgetOld(root: string): Promise<void> {
  for (const name of (await readdir(root)).filter((name) => name.startsWith("known-"))) {
    const file = join(root, name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > FORGOTTEN_MS) await rm(file, { force: true });
  }
}
