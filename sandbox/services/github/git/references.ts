/** A repository's references: what the store says, and what the bare repository has. */
import type { Github } from "../github.ts";
import { listBranches } from "../history.ts";
import type { Repository } from "../repository.ts";
import { git } from "./run.ts";

/** Names of objects by full reference: refs/heads/main -> sha. */
export type References = ReadonlyMap<string, string>;

/** Those of the store, which is what counts. */
export function storedReferences(github: Github, repository: Repository): References {
  const tags = github.data.tags.list((tag) => tag.repositoryId === repository.id);
  return new Map([
    ...listBranches(github, repository).map(({ name, sha }): [string, string] => [`refs/heads/${name}`, sha]),
    ...tags.map(({ name, sha }): [string, string] => [`refs/tags/${name}`, sha]),
  ]);
}

/** Those of the bare repository. */
export async function writtenReferences(folder: string): Promise<References> {
  const listed = await git(folder, ["for-each-ref", "--format=%(objectname) %(refname)"]);
  return new Map(
    listed
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => [line.slice(41), line.slice(0, 40)]),
  );
}

/** What became of references: the new object of each that is another now, undefined for one that is gone. */
export function changedReferences(before: References, after: References): Map<string, string | undefined> {
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...names].filter((name) => before.get(name) !== after.get(name)).map((name) => [name, after.get(name)]),
  );
}
