/** Files and their commits in GitHub's REST API ("REST API endpoints for repository contents", "... for commits"). */
import { z } from "zod";
import type { CallContext } from "../../../../providers/kit/resource.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { defined } from "../../bridge/value.ts";
import type { GitHubClient } from "./client.ts";
import type { FileInputs } from "./file-schema.ts";

type Context = CallContext<GitHubClient>;

const contentAnswer = z.looseObject({ content: z.string(), sha: z.string(), url: z.string() });
const writeAnswer = z.looseObject({ commit: z.looseObject({ sha: z.string() }) });
const person = z.looseObject({ name: z.string().default(""), email: z.string().default("") });
const commitAnswer = z.looseObject({
  sha: z.string(),
  parents: z.array(z.unknown()).default([]),
  commit: z.looseObject({ message: z.string().default(""), committer: person.nullish() }),
  files: z.array(z.looseObject({ filename: z.string(), status: z.string().default("") })).default([]),
});

/** A file as it is on a branch. */
export interface FoundFile {
  readonly content: string;
  readonly sha: string;
  readonly ref: string;
}

export type Commit = z.output<typeof commitAnswer>;

/** Where a file is. */
export interface FilePlace {
  readonly repository: string;
  readonly file: string;
  /** Absent: the default branch, without naming it. */
  readonly branch?: string | undefined;
}

const contentsPath = (client: GitHubClient, place: FilePlace): string =>
  client.repository(place.repository, "contents", encodeURI(place.file));

/** @throws BridgedError when the branch does not exist. */
export async function requireBranch({ client, signal }: Context, repository: string, branch: string): Promise<void> {
  const path = client.repository(repository, "branches", encodeURIComponent(branch));
  const { status } = await client.request("GET", path, { signal, allow: [404] });
  if (status === 404) {
    throw new BridgedError(
      `branch ${branch} not found in repository ${client.owner}/${repository} or repository is not readable`,
    );
  }
}

/** The file, or undefined when there is none. */
export async function findFile({ client, signal }: Context, place: FilePlace): Promise<FoundFile | undefined> {
  const query = place.branch === undefined ? "" : `?ref=${encodeURIComponent(place.branch)}`;
  const path = `${contentsPath(client, place)}${query}`;
  const { status, body } = await client.request("GET", path, { signal, allow: [404] });
  if (status === 404 || Array.isArray(body)) return undefined;
  const { content, sha, url } = parseAnswer(contentAnswer, body);
  const ref = new URL(url).searchParams.get("ref") ?? "";
  return { content: Buffer.from(content, "base64").toString("utf8"), sha, ref };
}

/** Writes the file in a commit of its own, over the blob `sha` if one is given. Gives the commit's sha. */
export async function writeFile(
  { client, signal }: Context,
  place: FilePlace,
  inputs: FileInputs,
  options: { readonly message: string; readonly sha?: string | undefined },
): Promise<string> {
  const body = commitBody(place, inputs, options);
  const answer = await client.request("PUT", contentsPath(client, place), { signal, body });
  return parseAnswer(writeAnswer, answer.body).commit.sha;
}

/** Deletes the file in a commit of its own. */
export async function deleteFile(
  { client, signal }: Context,
  place: FilePlace,
  inputs: FileInputs,
  options: { readonly message: string; readonly sha: string },
): Promise<void> {
  await client.request("DELETE", contentsPath(client, place), { signal, body: commitBody(place, inputs, options) });
}

function commitBody(
  place: FilePlace,
  inputs: FileInputs,
  options: { readonly message: string; readonly sha?: string | undefined },
): Record<string, unknown> {
  const author =
    inputs.commitAuthor && inputs.commitEmail ? { name: inputs.commitAuthor, email: inputs.commitEmail } : undefined;
  return defined({
    message: options.message,
    content: Buffer.from(inputs.content).toString("base64"),
    sha: options.sha,
    branch: place.branch,
    author,
    committer: author,
  });
}

/** A commit by its sha. */
export async function getCommit({ client, signal }: Context, repository: string, sha: string): Promise<Commit> {
  const { body } = await client.request("GET", client.repository(repository, "commits", sha), { signal });
  return parseAnswer(commitAnswer, body);
}

/**
 * The commit that last wrote the file, searched for from the newest back; merges are passed over.
 * @throws BridgedError when no commit of the branch wrote it.
 */
export async function findCommit(context: Context, place: FilePlace, ref: string): Promise<Commit> {
  const { client, signal } = context;
  const query = new URLSearchParams({ path: place.file, sha: ref });
  const { body } = await client.request("GET", `${client.repository(place.repository, "commits")}?${query}`, {
    signal,
  });
  for (const { sha, parents } of parseAnswer(z.array(commitAnswer), body)) {
    if (parents.length > 1) continue;
    const commit = await getCommit(context, place.repository, sha);
    if (commit.files.some(({ filename, status }) => filename === place.file && status !== "removed")) return commit;
  }
  throw new BridgedError(`cannot find file ${place.file} in repo ${client.owner}/${place.repository}`);
}
