/** The application's files, staged for the build so that the same tree looks the same on any machine. */
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
import { basename, dirname, join, relative } from "node:path";
import dockerignore from "@balena/dockerignore";
import { type ContextFile, type Ingredients, imageTag } from "./image-tag.ts";

/** Never part of an image: the history, which differs between checkouts of one tree, and the stage itself. */
const NEVER = ["**/.git", "**/.delivery"];
const SECRET_NAME =
  /^(\.env(\.(?!example|sample|template|dist)\w+)?|\.netrc|\.pypirc|\.git-credentials|id_(rsa|ed25519|ecdsa))$/;

/** What to stage, and where. */
export interface StageRequest {
  /** The application's folder. */
  readonly source: string;
  readonly dockerfile: string;
  readonly folder: string;
  readonly settings: Ingredients["settings"];
}

/** What was staged. */
export interface StagedContext {
  readonly tag: string;
  /** Paths of the context's files. */
  readonly files: readonly string[];
  /** Those whose names say that they hold a secret. */
  readonly suspicious: readonly string[];
}

/**
 * Copies what the ignore file leaves of the application to `<folder>/context`, with modes 0644 and 0755, and the
 * Dockerfile beside it. What an earlier or interrupted run left goes, and each file changes in one step.
 */
export async function stageContext({ source, dockerfile, folder, settings }: StageRequest): Promise<StagedContext> {
  // Docker's "Build context": an ignore file of the Dockerfile's own comes first.
  const rules =
    (await contentOf(`${dockerfile}.dockerignore`)) ?? (await contentOf(join(source, ".dockerignore"))) ?? "";
  const paths = await included(source, rules);
  const context = join(folder, "context");
  await prepareFolders(context, paths);
  const incoming = await mkdtemp(join(folder, "incoming-"));
  try {
    const files: ContextFile[] = [];
    for (const path of paths)
      files.push({ path, ...(await stageFile(join(source, path), join(incoming, "file"), join(context, path))) });
    const content = await readFile(dockerfile, "utf8");
    await writeFile(join(folder, "Dockerfile"), content);
    // Takes the place of the context's own ignore file, whose rules may be others than those applied here.
    await writeFile(
      join(folder, "Dockerfile.dockerignore"),
      "# What does not belong to the image was left out before.\n",
    );
    const tag = imageTag({ files, dockerfile: content, dockerignore: rules, settings });
    return { tag, files: paths, suspicious: paths.filter((path) => SECRET_NAME.test(basename(path))) };
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

/** Copies a file or link by way of `incoming` and hashes the copy, so that the tag tells of exactly the staged bytes. */
async function stageFile(from: string, incoming: string, to: string): Promise<Omit<ContextFile, "path">> {
  const stat = await lstat(from);
  const hash = createHash("sha256");
  const executable = (stat.mode & 0o100) !== 0;
  if (stat.isSymbolicLink()) {
    const target = await readlink(from);
    hash.update(target);
    await symlink(target, incoming);
  } else {
    await copyFile(from, incoming);
    await chmod(incoming, executable ? 0o755 : 0o644);
    for await (const chunk of createReadStream(incoming)) hash.update(chunk);
  }
  await rename(incoming, to);
  return { kind: stat.isSymbolicLink() ? "link" : executable ? "executable" : "file", sha256: hash.digest("hex") };
}
