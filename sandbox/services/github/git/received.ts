/** Takes over into the store what a push has brought into the bare repository. */
import { partKey } from "../data.ts";
import { type Files, parseCommit, type TreeFile } from "../git-objects.ts";
import type { Github } from "../github.ts";
import { adoptFirstBranch, findBranch, findCommit, listBranches, setBranch, writeBlob } from "../history.ts";
import type { Commit } from "../model.ts";
import type { Repository } from "../repository.ts";
import { changedReferences, type References, storedReferences, writtenReferences } from "./references.ts";
import { git } from "./run.ts";

const BRANCH = "refs/heads/";
const TAG = "refs/tags/";

/** A branch that points at another commit now. */
export interface MovedBranch {
  readonly branch: string;
  readonly sha: string;
}

/**
 * Compares the references with those before the push, and stores what is new. Gives the branches that moved.
 * @throws Error when the store has changed meanwhile; nothing is taken over then.
 */
export async function takeOver(
  github: Github,
  repository: Repository,
  folder: string,
  before: References,
): Promise<MovedBranch[]> {
  const changed = changedReferences(before, await writtenReferences(folder));
  if (changed.size === 0) return [];
  const tips = [...changed.values()].filter((sha) => sha !== undefined);
  const objects = await readObjects(folder, tips);
  const commits = await newCommits(github, repository, folder, tips, before);
  const names = new Set(commits.flatMap(({ files }) => Object.values(files).flatMap(blobOf)));
  const missing = [...names].filter((sha) => !github.data.blobs.get(partKey(repository.id, sha)));
  const blobs = await readObjects(folder, missing);
  return github.transaction(() => {
    const now = storedReferences(github, repository);
    for (const name of changed.keys())
      if (now.get(name) !== before.get(name)) throw new Error(`${name} was changed while the push was under way`);
    for (const { content } of blobs.values()) writeBlob(github, repository, content);
    for (const commit of commits) github.data.commits.put(partKey(repository.id, commit.sha), commit);
    return [...changed].flatMap(([name, sha]) => moveReference(github, repository, name, sha, objects));
  });
}

function moveReference(
  github: Github,
  repository: Repository,
  name: string,
  sha: string | undefined,
  objects: ReadonlyMap<string, GitObject>,
): MovedBranch[] {
  if (name.startsWith(TAG)) {
    const key = partKey(repository.id, name.slice(TAG.length));
    const object = sha === undefined ? undefined : objects.get(sha);
    const raw = object?.type === "tag" && { raw: object.content.toString("base64") };
    if (sha === undefined) github.data.tags.delete(key);
    else github.data.tags.put(key, { repositoryId: repository.id, name: name.slice(TAG.length), sha, ...raw });
    return [];
  }
  const branch = name.slice(BRANCH.length);
  if (sha === undefined) {
    github.data.branches.delete(partKey(repository.id, branch));
    return [];
  }
  const isFirst = listBranches(github, repository).length === 0;
  setBranch(github, repository, branch, sha);
  if (isFirst && !findBranch(github, repository, repository.defaultBranch))
    adoptFirstBranch(github, repository, branch);
  return [{ branch, sha }];
}

async function newCommits(
  github: Github,
  repository: Repository,
  folder: string,
  tips: readonly string[],
  before: References,
): Promise<Commit[]> {
  const input = [...tips, ...[...before.values()].map((sha) => `^${sha}`)].map((line) => `${line}\n`).join("");
  const listed = (await git(folder, ["rev-list", "--reverse", "--topo-order", "--stdin"], input)).toString();
  const shas = listed.split("\n").filter((sha) => sha !== "" && !findCommit(github, repository, sha));
  const objects = await readObjects(folder, shas);
  const commits: Commit[] = [];
  for (const [sha, { content }] of objects) {
    const files = await filesOf(folder, sha);
    commits.push({ ...parseCommit(content), repositoryId: repository.id, sha, files, raw: content.toString("base64") });
  }
  return commits;
}

/** A submodule's commit is in another repository. */
function blobOf({ sha, mode }: TreeFile): string[] {
  return mode === "160000" ? [] : [sha];
}

async function filesOf(folder: string, commit: string): Promise<Files> {
  const listed = (await git(folder, ["ls-tree", "-r", "-z", "--full-tree", commit])).toString();
  const entries = listed.split("\0").filter(Boolean);
  return Object.fromEntries(
    entries.map((entry): [string, TreeFile] => {
      const [about = "", path = ""] = entry.split("\t", 2);
      const [mode = "", , sha = ""] = about.split(" ");
      // Old repositories have group-writable files (100664), which git itself takes for 100644.
      return [path, { sha, mode: mode === "100664" ? "100644" : (mode as TreeFile["mode"]) }];
    }),
  );
}

interface GitObject {
  readonly type: string;
  readonly content: Buffer;
}

/** Objects by name ("git cat-file", --batch: a line of name, type and size, the content, a line feed). */
async function readObjects(folder: string, names: readonly string[]): Promise<Map<string, GitObject>> {
  if (names.length === 0) return new Map();
  const output = await git(folder, ["cat-file", "--batch"], names.map((name) => `${name}\n`).join(""));
  const found = new Map<string, GitObject>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf("\n", at);
    const [name = "", type = "", size = "0"] = output.toString("utf8", at, end).split(" ");
    if (type === "missing") throw new Error(`object ${name} is not in ${folder}`);
    const next = end + 1 + Number(size);
    found.set(name, { type, content: output.subarray(end + 1, next) });
    at = next + 1;
  }
  return found;
}
