/**
 * Names of files as text. To the system a name is bytes, of any encoding; a byte that is not part of valid UTF-8 stands
 * in the text as a lone surrogate (U+DC80 to U+DCFF, as in Python's `surrogateescape`), so that none is lost.
 */
import { type Dirent, readdirSync } from "node:fs";

const REPLACED = "\uFFFD";
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a name's bytes. */
export function nameOfBytes(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.includes(REPLACED) ? exactText(bytes) : text;
}

/** What the system's calls take for a path of such names. */
export function systemPath(path: string): string | Buffer {
  return path.isWellFormed() ? path : Buffer.concat([...path].map(bytesOf));
}

/** A path to be read by a person. */
export function shownPath(path: string): string {
  return path.toWellFormed();
}

/** An entry of a folder: its name, as text that keeps every byte. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "other";
}

/** What is in a folder. Throws the system's error. */
export function folderEntries(folder: string): FolderEntry[] {
  const path = systemPath(folder);
  const entries = readdirSync(path, { withFileTypes: true });
  // Node shows bytes that it cannot decode as a replacement character, which is also a character of its own.
  if (!entries.some(({ name }) => name.includes(REPLACED)))
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  return readdirSync(path, { withFileTypes: true, encoding: "buffer" }).map((entry) => ({
    name: nameOfBytes(entry.name as unknown as Buffer),
    kind: kindOf(entry),
  }));
}

function kindOf(entry: Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">): FolderEntry["kind"] {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  return entry.isSymbolicLink() ? "link" : "other";
}

function bytesOf(character: string): Buffer {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character);
}

/** Decodes the longest valid sequence at each place; a UTF-8 character has at most four bytes. */
function exactText(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => isCharacter(bytes.subarray(at, at + size)));
    text += length ? bytes.toString("utf8", at, at + length) : String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += length ?? 1;
  }
  return text;
}

function isCharacter(bytes: Buffer): boolean {
  try {
    return [...strict.decode(bytes)].length === 1;
  } catch {
    return false;
  }
}
