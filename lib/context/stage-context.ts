/** A build's context, staged so that the same tree looks the same on any machine. */
import { lstatSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { FileIdentity } from "../content-tag.ts";
import type { ProcessIdentity } from "../process-identity.ts";
import { systemPath } from "./file-names.ts";
import { stampOf } from "./file-stamp.ts";
import { type Findings, findingsOf } from "./findings.ts";
import { currentHolder, hold, letGo, removeUnused } from "./holders.ts";
import { forgetOld, type KnownFile, type KnownFiles, readKnownFiles, writeKnownFiles } from "./known-files.ts";
import { openTree } from "./look-through.ts";
import { folderName, isFolderName, publishFolder } from "./publish-folder.ts";
import { intact, readAll } from "./threads.ts";
import { knownOf, type ReadTree, readTree, type Tree } from "./tree.ts";

/** What was staged. */
export interface StagedContext {
  /** Name of the folder that holds `context/` and `Dockerfile`. It follows from them alone. */
  readonly folder: string;
  /** The context's files by their paths, in their order. */
  readonly files: ReadonlyMap<string, FileIdentity>;
  /** Hash of the files and the Dockerfile. */
  readonly contentHash: string;
  readonly findings: Findings;
}

/**
 * Stages what the rules leave of `source`, and the Dockerfile, in a folder of `root` that is named by its content: what
 * another run reads is never changed, and an unchanged tree is not copied again. What crashed runs left there goes.
 * @param holder whoever uses the folder; the folder stays as long as it runs.
 * @throws the system's error when a file cannot be read, and an Error for an ignore file that is not valid.
 */
export async function stageContext(
  source: string,
  dockerfilePath: string,
  root: string,
  holder: ProcessIdentity = currentHolder(),
): Promise<StagedContext> {
  await mkdir(root, { recursive: true });
  const readAt = Date.now();
  const [{ tree, secrets }, known] = await Promise.all([
    openTree(source, dockerfilePath),
    readKnownFiles(root, source),
  ]);
  const unchanged = await stagedBefore(tree, known, root, holder);
  const { read, files, keys, contentHash } = unchanged ?? (await publishFolder(tree, root, holder));
  const folder = folderName(contentHash);
  if (!isKnown(read, known, folder)) await writeKnownFiles({ ...known, staged: folder, files: read }, source, readAt);
  // A run does not fail because of what it has no use for.
  await Promise.all([removeUnused(root, isFolderName), forgetOld(root)]).catch(() => undefined);
  return { folder, files, contentHash, findings: await findingsOf(files, [...secrets, ...keys], tree.rules, tree.git) };
}

/** Finds a tree among the folders that are staged, by what is known of its files; undefined when it is not there. */
async function stagedBefore(
  tree: Tree,
  { staged, files }: KnownFiles,
  root: string,
  holder: ProcessIdentity,
): Promise<ReadTree | undefined> {
  if (staged === "") return undefined;
  await hold(root, staged, holder);
  // In most cases it is the folder of the run before, which can be looked at meanwhile.
  const isBeforeIntact = intact(join(root, staged), files.size);
  const known = new Map<string, KnownFile>();
  for (const { path } of tree.entries) {
    const file = files.get(path);
    const stamp = stampOf(lstatSync(systemPath(`${tree.source}/${path}`), { bigint: true }));
    if (file?.stamp === stamp) known.set(path, file);
  }
  const changed = tree.entries.filter(({ path }) => !known.has(path));
  const isWorthReading = changed.length <= tree.entries.length / 2;
  const result = isWorthReading
    ? await readTree(tree, new Map([...known, ...knownOf(await readAll(tree.source, changed))]))
    : undefined;
  const name = result && folderName(result.contentHash);
  if (name === staged) return (await isBeforeIntact) ? result : undefined;
  await isBeforeIntact;
  await letGo(root, staged, holder);
  if (name === undefined) return undefined;
  await hold(root, name, holder);
  return (await intact(join(root, name), tree.entries.length)) ? result : undefined;
}

/** Whether a run would keep what it has found. */
function isKnown(read: ReadTree["read"], { staged, files }: KnownFiles, folder: string): boolean {
  return staged === folder && read.size === files.size && [...read].every(([path, file]) => files.get(path) === file);
}
