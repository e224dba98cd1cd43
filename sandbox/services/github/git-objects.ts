/** Git's own object names: what `git hash-object`, `git mktree` and `git commit-tree` would answer. */
import { createHash } from "node:crypto";

/** A regular file in a tree. */
export interface TreeFile {
  readonly sha: string;
  readonly mode: "100644" | "100755";
}

/** Who wrote or committed, and when (ISO 8601). */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** Files of a commit by path. */
export type Files = Readonly<Record<string, TreeFile>>;

function objectName(type: "blob" | "tree" | "commit", content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

/** Name of a file's content. */
export function blobSha(content: Buffer): string {
  return objectName("blob", content);
}

/** The direct entries of a folder: files by name, and the files below each subfolder. */
export function folderEntries(files: Files): { files: Map<string, TreeFile>; folders: Map<string, Files> } {
  const direct = new Map<string, TreeFile>();
  const folders = new Map<string, Record<string, TreeFile>>();
  for (const [path, file] of Object.entries(files)) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      direct.set(path, file);
      continue;
    }
    const folder = path.slice(0, slash);
    folders.set(folder, { ...folders.get(folder), [path.slice(slash + 1)]: file });
  }
  return { files: direct, folders };
}

/** Name of the tree that holds the files. */
export function treeSha(files: Files): string {
  const entries = folderEntries(files);
  const listed = [
    ...[...entries.files].map(([name, file]) => ({ name, sortKey: name, mode: file.mode as string, sha: file.sha })),
    ...[...entries.folders].map(([name, below]) => ({
      name,
      // Git sorts a folder as if its name ended in a slash.
      sortKey: `${name}/`,
      mode: "40000",
      sha: treeSha(below),
    })),
  ].sort((a, b) => Buffer.compare(Buffer.from(a.sortKey), Buffer.from(b.sortKey)));
  const content = listed.flatMap(({ mode, name, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, "hex")]);
  return objectName("tree", Buffer.concat(content));
}

/** Name of a commit. */
export function commitSha(commit: {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(commit.author)}`,
    `committer ${signatureLine(commit.committer)}`,
    "",
    commit.message,
  ];
  return objectName("commit", Buffer.from(lines.join("\n")));
}

function signatureLine({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}
