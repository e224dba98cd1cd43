/**
 * The bare repositories that git's own programs work on. The store stays the one truth: before every call the folder is
 * brought to what the store says, after a push the store takes over what came in. A folder that is lost is made anew.
 */
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CommitParts, commitContent, taggedCommit, treesOf } from "../git-objects.ts";
import type { Github } from "../github.ts";
import { findCommit, readBlob } from "../history.ts";
import type { Commit } from "../model.ts";
import type { Repository } from "../repository.ts";
import { writeObject } from "./objects-folder.ts";
import { PRE_RECEIVE } from "./pre-receive.ts";
import { changedReferences, type References, storedReferences, writtenReferences } from "./references.ts";
import { git } from "./run.ts";

/** Brings a repository's folder to what the store says. Gives the references. */
export async function writeBareRepository(github: Github, repository: Repository, folder: string): Promise<References> {
  await ensureFolder(folder);
  const wanted = storedReferences(github, repository);
  const changed = changedReferences(await writtenReferences(folder), wanted);
  if (changed.size > 0) {
    const written = new Set((await git(folder, ["rev-list", "--all"])).toString().split("\n"));
    for (const [name, sha] of changed) if (sha) await writeTip(github, repository, folder, name, sha, written);
    const updates = [...changed].map(([name, sha]) => (sha ? `update ${name} ${sha}\n` : `delete ${name}\n`));
    await git(folder, ["update-ref", "--stdin"], updates.join(""));
  }
  await git(folder, ["symbolic-ref", "HEAD", `refs/heads/${repository.defaultBranch}`]);
  return wanted;
}

async function ensureFolder(folder: string): Promise<void> {
  const isThere = await access(join(folder, "hooks", "pre-receive")).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await mkdir(folder, { recursive: true });
  await git(folder, ["init", "--quiet", "--bare", "--template="]);
  await mkdir(join(folder, "hooks"), { recursive: true });
  await writeFile(join(folder, "hooks", "pre-receive"), PRE_RECEIVE, { mode: 0o755 });
}

/** What a reference points at, with all that leads to it and is not written yet. */
async function writeTip(
  github: Github,
  repository: Repository,
  folder: string,
  name: string,
  sha: string,
  written: Set<string>,
): Promise<void> {
  const tag = github.data.tags.find((one) => one.repositoryId === repository.id && `refs/tags/${one.name}` === name);
  const annotated = tag?.raw === undefined ? undefined : Buffer.from(tag.raw, "base64");
  if (annotated) await writeObject(folder, "tag", sha, annotated);
  const waiting = [annotated ? taggedCommit(annotated) : sha];
  for (const next of waiting) {
    const commit = written.has(next) ? undefined : findCommit(github, repository, next);
    if (!commit) continue;
    await writeCommitObjects(github, repository, folder, commit);
    written.add(next);
    waiting.push(...commit.parents);
  }
}

async function writeCommitObjects(
  github: Github,
  repository: Repository,
  folder: string,
  commit: Commit,
): Promise<void> {
  for (const { sha, mode } of Object.values(commit.files))
    if (mode !== "160000") await writeObject(folder, "blob", sha, readBlob(github, repository, sha));
  for (const { sha, content } of treesOf(commit.files)) await writeObject(folder, "tree", sha, content);
  await writeObject(folder, "commit", commit.sha, storedContent(commit));
}

function storedContent({ raw, ...parts }: CommitParts & { readonly raw?: string }): Buffer {
  return raw === undefined ? commitContent(parts) : Buffer.from(raw, "base64");
}
