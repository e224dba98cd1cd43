/** An application's folder as it is at one moment, and what of it was read. */
import { contentHash } from "../content-tag.ts";
import type { ContextRules } from "./context-rules.ts";
import type { ContextEntry } from "./context-walk.ts";
import type { ReadFile } from "./copy-files.ts";
import { shownPath } from "./file-names.ts";
import { secretsToLeaveOut } from "./findings.ts";
import type { GitView } from "./git-view.ts";
import type { KnownFile } from "./known-files.ts";

/** The folder. */
export interface Tree {
  readonly source: string;
  /** Content of the Dockerfile. */
  readonly dockerfile: string;
  readonly entries: readonly ContextEntry[];
  readonly rules: ContextRules;
  readonly git: GitView | undefined;
}

/** Its files. */
export interface ReadTree {
  /** All of them, in the order of their paths. */
  readonly read: ReadonlyMap<string, KnownFile>;
  /** Those that the context has: without the private keys that are left out. */
  readonly files: ReadonlyMap<string, KnownFile>;
  readonly keys: readonly string[];
  readonly contentHash: string;
}

/** Takes together what is known of every entry of a tree. */
export async function readTree(tree: Tree, known: ReadonlyMap<string, KnownFile>): Promise<ReadTree> {
  const read = new Map<string, KnownFile>();
  const found: string[] = [];
  for (const { path } of tree.entries) {
    const file = known.get(path);
    if (!file) throw new Error(`${shownPath(path)} was not read`);
    read.set(path, file);
    if (file.mark === "key") found.push(path);
  }
  const keys = await secretsToLeaveOut(found, () => true, tree.rules, tree.git);
  const files = keys.size === 0 ? read : new Map([...read].filter(([path]) => !keys.has(path)));
  return { read, files, keys: [...keys], contentHash: contentHash(files, tree.dockerfile) };
}

/** What is to be known of a file that was read now. */
export function knownOf(files: readonly ReadFile[]): [string, KnownFile][] {
  return files.map(({ path, copyStamp: _ofTheCopy, ...known }) => [path, known]);
}
