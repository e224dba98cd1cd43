/** Files of a context, copied and hashed, or only hashed. All of it can run in a worker. */
import { createHash, hash as digest } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { isPrivateKeyFile } from "../secret-files.ts";
import type { ContextEntry } from "./context-walk.ts";
import { systemPath } from "./file-names.ts";
import { type FileStamp, stampOf } from "./file-stamp.ts";

/** What a file is. Owner, time and umask are not in it: they decide nothing. */
export interface FileFacts {
  readonly kind: "file" | "executable" | "link";
  /** SHA-256 of the bytes, or of a link's target. */
  readonly sha256: string;
  /** `key`: it is a private key. `crlf`: a text whose lines end in CRLF. `script`: `crlf`, and the system is to run it. */
  readonly mark?: "key" | "crlf" | "script";
}

/** A file as it was read. */
export interface ReadFile extends FileFacts {
  readonly path: string;
  /** The file's stamp before it was read. */
  readonly stamp: FileStamp;
  /** The copy's stamp; empty when none was made. */
  readonly copyStamp: FileStamp;
}

/** Larger files are cloned where the file system can do that, and read in pieces. */
const LARGE = 4 << 20;
/** As much as tells what kind of text a file is. */
const START = 16 << 10;

/**
 * Reads each entry, and copies it to the same path below `target` when there is one, with mode 0644 or 0755. The hash
 * tells of the bytes that were copied. The folders have to be there. Throws the system's error.
 */
export function readFiles(source: string, entries: readonly ContextEntry[], target?: string): ReadFile[] {
  return entries.map(({ path, isLink }) => {
    const [from, to] = [systemPath(`${source}/${path}`), target && systemPath(`${target}/${path}`)];
    return { path, ...(isLink ? readLink(from, to || undefined) : readFile(from, to || undefined)) };
  });
}

type Place = string | Buffer;

function readLink(from: Place, to: Place | undefined): Omit<ReadFile, "path"> {
  const stamp = stampOf(lstatSync(from, { bigint: true }));
  const link = readlinkSync(from, { encoding: "buffer" });
  if (to) symlinkSync(link, to);
  const copyStamp = to ? stampOf(lstatSync(to, { bigint: true })) : "";
  return { kind: "link", sha256: digest("sha256", link), stamp, copyStamp };
}

function readFile(from: Place, to: Place | undefined): Omit<ReadFile, "path"> {
  const descriptor = openSync(from, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const stat = fstatSync(descriptor, { bigint: true });
    // The owner's bit is the one that git keeps.
    const isExecutable = (stat.mode & 0o100n) !== 0n;
    const mode = isExecutable ? 0o755 : 0o644;
    const facts = { kind: isExecutable ? ("executable" as const) : ("file" as const), stamp: stampOf(stat) };
    if (stat.size > LARGE) return { ...facts, ...readLarge(from, to, descriptor, mode) };
    const bytes = readFileSync(descriptor);
    const copyStamp = to ? writeCopy(to, bytes, mode) : "";
    return { ...facts, ...marked(bytes.subarray(0, START)), sha256: digest("sha256", bytes), copyStamp };
  } finally {
    closeSync(descriptor);
  }
}

function writeCopy(to: Place, bytes: Buffer, mode: number): FileStamp {
  const descriptor = openSync(to, "wx", mode);
  try {
    writeFileSync(descriptor, bytes);
    // What the umask took away.
    fchmodSync(descriptor, mode);
    return stampOf(fstatSync(descriptor, { bigint: true }));
  } finally {
    closeSync(descriptor);
  }
}

function readLarge(from: Place, to: Place | undefined, descriptor: number, mode: number) {
  if (!to) return hashed(descriptor);
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  chmodSync(to, mode);
  const copy = openSync(to, "r");
  try {
    return { ...hashed(copy), copyStamp: stampOf(fstatSync(copy, { bigint: true })) };
  } finally {
    closeSync(copy);
  }
}

function hashed(descriptor: number) {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(1 << 20);
  let start = Buffer.alloc(0);
  for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
    if (start.length === 0) start = Buffer.from(buffer.subarray(0, Math.min(read, START)));
    hash.update(buffer.subarray(0, read));
  }
  return { sha256: hash.digest("hex"), copyStamp: "", ...marked(start) };
}

function marked(start: Buffer): Pick<FileFacts, "mark"> {
  if (isPrivateKeyFile(start)) return { mark: "key" };
  if (!start.includes("\r\n") || start.includes(0)) return {};
  return { mark: start.subarray(0, 2).toString("latin1") === "#!" ? "script" : "crlf" };
}
