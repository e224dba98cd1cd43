/** Git's own object names: what `git hash-object`, `git mktree` and `git commit-tree` would answer. */
import { createHash } from "node:crypto";

/** A regular file in a tree. */
export interface TreeFile {
  readonly sha: string;
  /** A file, an executable one, a symbolic link, or the commit of a submodule. */
  readonly mode: "100644" | "100755" | "120000" | "160000";
}

/** Who wrote or committed, and when (ISO 8601). */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** Files of a commit by path. */
export type Files = Readonly<Record<string, TreeFile>>;

/** Kinds of Git's objects that a commit is made of. */
export type ObjectType = "blob" | "tree" | "commit";

/** The name of an object. */
export function objectName(type: ObjectType, content: Buffer): string {
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
    const below = folders.get(folder) ?? {};
    below[path.slice(slash + 1)] = file;
    folders.set(folder, below);
  }
  return { files: direct, folders };
}

/** Name of the tree that holds the files. */
export function treeSha(files: Files): string {
  return treesOf(files)[0].sha;
}

/** A tree as Git stores it. */
export interface TreeObject {
  readonly sha: string;
  readonly content: Buffer;
}

/** The tree that holds the files, and behind it those of its folders. */
export function treesOf(files: Files): readonly [TreeObject, ...TreeObject[]] {
  const entries = folderEntries(files);
  const folders = [...entries.folders].map(([name, below]) => ({ name, trees: treesOf(below) }));
  const listed = [
    ...[...entries.files].map(([name, file]) => ({ name, sortKey: name, mode: file.mode as string, sha: file.sha })),
    // Git sorts a folder as if its name ended in a slash.
    ...folders.map(({ name, trees }) => ({ name, sortKey: `${name}/`, mode: "40000", sha: trees[0].sha })),
  ].sort((a, b) => Buffer.compare(Buffer.from(a.sortKey), Buffer.from(b.sortKey)));
  const lines = listed.flatMap(({ mode, name, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, "hex")]);
  const content = Buffer.concat(lines);
  return [{ sha: objectName("tree", content), content }, ...folders.flatMap(({ trees }) => trees)];
}

/** What decides a commit's name. */
export interface CommitParts {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A commit as Git stores it. */
export function commitContent(commit: CommitParts): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(commit.author)}`,
    `committer ${signatureLine(commit.committer)}`,
    "",
    commit.message,
  ];
  return Buffer.from(lines.join("\n"));
}

/** Name of a commit. */
export function commitSha(commit: CommitParts): string {
  return objectName("commit", commitContent(commit));
}

/** A commit as Git stores it, taken apart. Throws when it is not one. */
export function parseCommit(content: Buffer): CommitParts {
  const text = content.toString();
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  const all = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const one = (name: string): string => {
    const [value] = all(name);
    if (value === undefined) throw new Error(`a commit has no ${name}`);
    return value;
  };
  return {
    tree: one("tree"),
    parents: all("parent"),
    author: parseSignature(one("author")),
    committer: parseSignature(one("committer")),
    message: text.slice(end + 2).replace(/\n+$/, ""),
  };
}

function parseSignature(line: string): Signature {
  const [, name = "", email = "", seconds = "0"] = /^(.*?) ?<(.*)> (\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, date: `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z` };
}

function signatureLine({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}

/** The commit that an annotated tag is of. */
export function taggedCommit(tag: Buffer): string {
  const [, sha = ""] = /^object ([0-9a-f]{40})\ntype commit\n/.exec(tag.toString()) ?? [];
  return sha;
}
