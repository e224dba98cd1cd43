/** Publishes a report on GitHub: one comment for each stack, a label, a commit status. */
import { isStatus } from "../../providers/kit/service-error.ts";
import type { CommandContext } from "../command-context.ts";
import { markdownReport, type Report } from "../report/index.ts";
import { isFailedRequest } from "../services/failed-request.ts";
import { LONGEST_COMMENT, putComment } from "./comment.ts";
import { labelFor, putLabel } from "./label.ts";
import { markerLine, outcomeIn } from "./marker.ts";
import { findPullRequests } from "./pull-requests.ts";
import { type RepositoryApi, repositoryApi, tokenVariable } from "./repository.ts";
import { putStatus } from "./status.ts";
import { artifactUrl, type Given, type Surroundings, surroundings } from "./surroundings.ts";

/** What is published, and where when the environment does not say it. */
export interface PublishRequest extends Given {
  readonly context: Pick<CommandContext, "env" | "signal">;
  /** The whole report as a file that the CI job stores as an artifact. */
  readonly htmlFile?: string | undefined;
}

/** How it went. Nothing here is thrown: the report is there all the same. */
export interface Publication {
  /** What was left out on purpose, one line each. */
  readonly notes: readonly string[];
  /** What was refused or could not be reached. */
  readonly problems: readonly string[];
}

const PULL_REQUESTS = "Pull requests: read and write";
const STATUSES = "Commit statuses: read and write";

/**
 * Publishes. A fork's job has no token, and gets none: its report is the artifact and the exit code.
 * @throws UserError when the repository is not known, or there is no token where one belongs.
 */
export async function publishReport(report: Report, request: PublishRequest): Promise<Publication> {
  const { env, signal } = request.context;
  const where = surroundings(env, request);
  const variable = tokenVariable(env);
  if (where.isFork) return onlyNoted("Not published: a fork's pull request gets no token; the report is in this job.");
  if (!env[variable] && report.operation === "preview" && where.pullRequests.length > 0)
    return onlyNoted(`Not published: ${variable} is not in the environment, as in the job of a fork's pull request.`);

  const open = (permission: string): RepositoryApi =>
    repositoryApi(env, { repository: where.repository, permission, signal });
  const pulls = open(PULL_REQUESTS);
  const problems: string[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!isFailedRequest(error)) throw error;
      const problem = movedIn(error) ?? error.message;
      if (!problems.includes(problem)) problems.push(problem);
      return undefined;
    }
  };

  const found = await attempt(() => findPullRequests(pulls, report.operation, where));
  const commit = where.commit ?? found?.head;
  if (commit !== undefined) await attempt(() => putStatus(open(STATUSES), { commit, report, jobUrl: where.jobUrl }));
  for (const pullRequest of found?.numbers ?? []) {
    const body = commentBody(report, { ...where, commit }, request);
    const reports = await attempt(() => putComment(pulls, { pullRequest, stack: report.stack, body }));
    const outcomes = (reports ?? [body]).flatMap((text) => outcomeIn(text) ?? []);
    await attempt(() => putLabel(pulls, pullRequest, labelFor(outcomes)));
  }
  const noCommit = commit === undefined ? ["No commit is known here, so there is no commit status."] : [];
  return { notes: [...(found?.notes ?? []), ...noCommit], problems };
}

/** What every write meets where the repository has another name now. */
function movedIn(error: Error): string | undefined {
  if (!isStatus(error, 301, 302, 307, 308) || error.answer === "") return undefined;
  return `${error.answer}: nothing was written there. Name it by --repository, or the variables of the CI job.`;
}

function onlyNoted(note: string): Publication {
  return { notes: [note], problems: [] };
}

/** The marker, the report, and which commit it is about: the comment is edited with each push. */
function commentBody(report: Report, { commit, jobUrl }: Surroundings, { context, htmlFile }: PublishRequest): string {
  const marker = markerLine(report.stack, report.outcome);
  const about = commit === undefined ? "" : `\n\n<sub>For commit ${commit}.</sub>`;
  const artifact = htmlFile === undefined ? undefined : artifactUrl(context.env, htmlFile);
  const text = markdownReport(report, {
    limit: LONGEST_COMMENT - marker.length - 1 - about.length,
    ...(artifact !== undefined && { artifactUrl: artifact }),
    ...(jobUrl !== undefined && { jobUrl }),
  });
  return `${marker}\n${text}${about}`;
}
