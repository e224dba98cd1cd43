/** The hash by which the plugin sees that what an image is built from has changed. The same one as the vendor's. */
import { createHash, type Hash } from "node:crypto";
import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { IgnoreRules, type Match, ROOT } from "../../../../lib/context/ignore-file.ts";

/**
 * SHA-256 over the Dockerfile and, in the order of their paths, every file's bytes, path and mode. What the ignore
 * file names is left out; a link counts with the bytes of the file it points to. Empty folders, folder modes, owners
 * and times do not count.
 */
export function hashBuildContext(contextDir: string, dockerfile: string): string {
  const hash = createHash("sha256");
  if (isFile(dockerfile)) hash.update(readFileSync(dockerfile));
  addFolder(hash, contextDir, "", readIgnoreFile(contextDir, dockerfile), ROOT);
  return hash.digest("hex");
}

/** `<Dockerfile>.dockerignore` wins over the context's own. */
function readIgnoreFile(contextDir: string, dockerfile: string): IgnoreRules {
  const file = [`${dockerfile}.dockerignore`, join(contextDir, ".dockerignore")].find(isFile);
  return new IgnoreRules(file ? readFileSync(file, "utf8") : "");
}

function addFolder(hash: Hash, contextDir: string, folder: string, rules: IgnoreRules, above: Match): void {
  const entries = readdirSync(join(contextDir, folder), { withFileTypes: true });
  for (const entry of entries.sort(byName)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const match = rules.match(path, above);
    if (entry.isDirectory()) {
      if (!match.isIgnored || rules.mayLetInBelow(path)) addFolder(hash, contextDir, path, rules, match);
    } else if ((entry.isFile() || entry.isSymbolicLink()) && !match.isIgnored) addFile(hash, contextDir, path);
  }
}

function byName(first: Dirent, second: Dirent): number {
  return Buffer.compare(Buffer.from(first.name), Buffer.from(second.name));
}

function addFile(hash: Hash, contextDir: string, path: string): void {
  const file = join(contextDir, path);
  if (statSync(file).isDirectory()) return;
  hash.update(readFileSync(file));
  hash.update(path);
  hash.update(modeText(lstatSync(file).mode));
}

const FORMAT_MASK = 0o170000;
const LINK = 0o120000;
const SPECIAL = [
  [0o4000, "u"],
  [0o2000, "g"],
  [0o1000, "t"],
] as const;

/** A mode as Go prints it: `-rw-r--r--`, `Lrwxrwxrwx`. */
function modeText(mode: number): string {
  const special = SPECIAL.filter(([bit]) => mode & bit).map(([, letter]) => letter);
  const kind = (mode & FORMAT_MASK) === LINK ? ["L"] : [];
  const permissions = [..."rwxrwxrwx"].map((letter, index) => (mode & (1 << (8 - index)) ? letter : "-"));
  return `${[...kind, ...special].join("") || "-"}${permissions.join("")}`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
