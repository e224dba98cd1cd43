/** The pull requests that a report is for. */
import { z } from "zod";
import { optional } from "../../providers/kit/answer.ts";
import type { ReportOperation } from "../report/index.ts";
import type { RepositoryApi } from "./repository.ts";
import type { Surroundings } from "./surroundings.ts";

const pullSchema = z.object({
  number: z.number(),
  state: z.string(),
  merged_at: optional(z.string()),
  head: z.object({ sha: z.string() }),
});

type Pull = z.output<typeof pullSchema>;

/** What was found. */
export interface FoundPulls {
  readonly numbers: readonly number[];
  /** Head of the pull request that was named, for when no commit is. */
  readonly head: string | undefined;
  /** Why others were left alone, one line each. */
  readonly notes: readonly string[];
}

/**
 * Finds them: those that are named, else those that GitHub knows for the commit. A preview is for open pull requests
 * that have no newer commit, since an older job may end last; what `up` did is for the merged one that brought the commit.
 * @throws ServiceError, ConnectionError.
 */
export async function findPullRequests(
  api: RepositoryApi,
  operation: ReportOperation,
  where: Surroundings,
): Promise<FoundPulls> {
  const isPreview = operation === "preview";
  const named = where.pullRequestGiven || isPreview ? where.pullRequests : [];
  if (named.length === 0 && operation === "drift") return { numbers: [], head: undefined, notes: [] };
  const pulls = named.length > 0 ? await readPulls(api, named) : await pullsOfCommit(api, where.commit);
  const head = where.pullRequestGiven ? pulls[0]?.head.sha : undefined;
  if (!isPreview && where.pullRequestGiven) return { numbers: pulls.map(({ number }) => number), head, notes: [] };

  const reasons = pulls.map((pull) => (isPreview ? unfitForPreview(pull, where.commit) : unfitForUpdate(pull)));
  const numbers = pulls.filter((_, index) => reasons[index] === undefined).map(({ number }) => number);
  const notes = reasons.filter((reason) => reason !== undefined);
  const none = `GitHub knows no ${isPreview ? "open" : "merged"} pull request with this commit, so there is no comment.`;
  return { numbers, head, notes: pulls.length === 0 ? [none] : notes };
}

function unfitForPreview({ number, state, head }: Pull, commit: string | undefined): string | undefined {
  if (state !== "open") return `Pull request #${number} is ${state}: its comment is left as it is.`;
  if (commit === undefined || head.sha === commit) return undefined;
  return `Pull request #${number} has a newer commit than ${commit.slice(0, 7)}: its comment is left to that one's job.`;
}

function unfitForUpdate({ number, merged_at }: Pull): string | undefined {
  return merged_at ? undefined : `Pull request #${number} is not merged: its comment is left as it is.`;
}

function readPulls({ client, path }: RepositoryApi, numbers: readonly number[]): Promise<Pull[]> {
  return Promise.all(numbers.map((number) => client.read(`${path}/pulls/${number}`, pullSchema)));
}

async function pullsOfCommit({ client, path }: RepositoryApi, commit: string | undefined): Promise<Pull[]> {
  if (commit === undefined) return [];
  return client.list(`${path}/commits/${commit}/pulls`, pullSchema);
}
