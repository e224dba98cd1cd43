/** A build's context, staged so that the same tree looks the same on any machine. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import dockerignore from "@balena/dockerignore";

/** Never part of an image: the history, which differs between checkouts of one tree, and the stage itself. */
const NEVER = ["**/.git", "**/.delivery"];

/** One file of a context. Owner, time and umask are not in it: they decide nothing. */
export interface ContextFile {
  /** Path in the context. */
  readonly path: string;
  readonly kind: "file" | "executable" | "link";
  /** SHA-256 of the bytes, or of a link's target. */
  readonly sha256: string;
}

/** What was staged. */
export interface StagedContext {
  readonly files: readonly ContextFile[];
  /** Content of the Dockerfile. */
  readonly dockerfile: string;
  /** Content of the ignore file; empty when there is none. */
  readonly ignoreFile: string;
}

/**
 * Copies what the ignore file leaves of `source` to `<folder>/context`, with modes 0644 and 0755, and the Dockerfile
 * to `<folder>/Dockerfile`. What an earlier or interrupted run left there goes, and each file changes in one step.
 */
export async function stageContext(source: string, dockerfilePath: string, folder: string): Promise<StagedContext> {
  // Docker's "Build context": an ignore file of the Dockerfile's own comes first.
  const ownRules = await contentOf(`${dockerfilePath}.dockerignore`);
  const ignoreFile = ownRules ?? (await contentOf(join(source, ".dockerignore"))) ?? "";
  const dockerfile = await readFile(dockerfilePath, "utf8");
  const paths = await included(source, ignoreFile);
  const context = join(folder, "context");
  await prepareFolders(context, paths);
  const incoming = await mkdtemp(join(folder, "incoming-"));
  try {
    const files: ContextFile[] = [];
    for (const path of paths) {
      const copied = await copyAndHash(join(source, path), join(incoming, "file"));
      await rename(join(incoming, "file"), join(context, path));
      files.push({ path, ...copied });
    }
    await writeFile(join(folder, "Dockerfile"), dockerfile);
    // Takes the place of the context's own ignore file, whose rules may be others than those applied here.
    await writeFile(
      join(folder, "Dockerfile.dockerignore"),
      "# What does not belong to the image was left out before.\n",
    );
    return { files, dockerfile, ignoreFile };
  } finally {
    await rm(incoming, { recursive: true });
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** Paths of the files and links that the rules leave. Empty folders are left out, as git leaves them out. */
async function included(source: string, rules: string): Promise<string[]> {
  const ignored = dockerignore.default().add(NEVER).add(rules);
  const hasExceptions = /^\s*!/m.test(rules);
  const paths: string[] = [];
  const folders = [source];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = relative(source, join(folder, entry.name));
      const isIgnored = ignored.ignores(path);
      if (entry.isDirectory() && (hasExceptions || !isIgnored)) folders.push(join(folder, entry.name));
      if ((entry.isFile() || entry.isSymbolicLink()) && !isIgnored) paths.push(path);
    }
  }
  return paths.sort();
}

/** Makes the stage's folders and removes what is not wanted, or is a folder where a file is wanted, or the reverse. */
async function prepareFolders(context: string, paths: readonly string[]): Promise<void> {
  const files = new Set(paths.map((path) => join(context, path)));
  const folders = new Set([context]);
  for (const file of files)
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  await mkdir(context, { recursive: true });
  for (const entry of await readdir(context, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!(entry.isDirectory() ? folders : files).has(path)) await rm(path, { recursive: true, force: true });
  }
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    // mkdir's own mode depends on the umask, and the image keeps it.
    await chmod(folder, 0o755);
  }
}

/** Copies a file or link and hashes the copy, so that the hash tells of exactly what is staged. */
async function copyAndHash(from: string, to: string): Promise<Omit<ContextFile, "path">> {
  const hash = createHash("sha256");
  const stat = await lstat(from);
  if (stat.isSymbolicLink()) {
    const target = await readlink(from);
    await symlink(target, to);
    return { kind: "link", sha256: hash.update(target).digest("hex") };
  }
  // The owner's bit is the one that git keeps.
  const executable = (stat.mode & 0o100) !== 0;
  await copyFile(from, to);
  await chmod(to, executable ? 0o755 : 0o644);
  for await (const chunk of createReadStream(to)) hash.update(chunk);
  return { kind: executable ? "executable" : "file", sha256: hash.digest("hex") };
}
