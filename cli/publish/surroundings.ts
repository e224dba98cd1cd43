/** Where a report belongs: the commit, its pull requests and the CI job, from CircleCI's variables or as given. */
import { isAbsolute, normalize, sep } from "node:path";
import { UserError } from "../user-error.ts";

/** What the command line says in place of the environment. */
export interface Given {
  /** `owner/name`. */
  readonly repository?: string | undefined;
  readonly commit?: string | undefined;
  readonly pullRequest?: number | undefined;
  readonly jobUrl?: string | undefined;
}

/** Where a report belongs. */
export interface Surroundings {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string | undefined;
  /** Numbers of pull requests that are said to have the commit; empty when nobody said. */
  readonly pullRequests: readonly number[];
  /** Whether somebody said so on the command line, and not the CI. */
  readonly pullRequestGiven: boolean;
  /** A job for a fork's pull request has no token. */
  readonly isFork: boolean;
  readonly jobUrl: string | undefined;
}

const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/**
 * Reads it. Source: CircleCI, "Project values and variables": CIRCLE_PULL_REQUEST is one of the commit's pull requests,
 * CIRCLE_PULL_REQUESTS (OAuth projects only) all of them, CIRCLE_PR_USERNAME (OAuth projects only) is set for forks.
 * @throws UserError when the repository is neither in the environment nor given, or the commit's id is none.
 */
export function surroundings(env: NodeJS.ProcessEnv, given: Given = {}): Surroundings {
  const { CIRCLE_PROJECT_USERNAME: owner, CIRCLE_PROJECT_REPONAME: name } = env;
  const repository = given.repository ?? (owner && name ? `${owner}/${name}` : "");
  if (!REPOSITORY.test(repository))
    throw new UserError(
      "It is not known where to publish: no repository is named here.",
      "Give it as `--repository owner/name`; in a job of CircleCI it is known by CIRCLE_PROJECT_USERNAME and _REPONAME.",
    );
  const commit = given.commit ?? (env["CIRCLE_SHA1"] || undefined);
  if (commit !== undefined && !COMMIT.test(commit))
    throw new UserError(`"${commit}" is no commit's id.`, "Give the whole id: `--commit $(git rev-parse HEAD)`.");
  return {
    repository,
    commit,
    pullRequests: given.pullRequest === undefined ? pullRequestsOf(env, repository) : [given.pullRequest],
    pullRequestGiven: given.pullRequest !== undefined,
    isFork: Boolean(env["CIRCLE_PR_USERNAME"]) && env["CIRCLE_PR_USERNAME"] !== owner,
    jobUrl: given.jobUrl ?? (env["CIRCLE_BUILD_URL"] || undefined),
  };
}

/** A commit may be in pull requests of other repositories, too. */
function pullRequestsOf(env: NodeJS.ProcessEnv, repository: string): number[] {
  const listed = [...(env["CIRCLE_PULL_REQUESTS"] ?? "").split(","), env["CIRCLE_PULL_REQUEST"] ?? ""];
  const numbers = listed.flatMap((url) => {
    const [, full = "", number = ""] = /([\w.-]+\/[\w.-]+)\/pull\/(\d+)\/?$/.exec(url.trim()) ?? [];
    return full.toLowerCase() === repository.toLowerCase() ? [Number(number)] : [];
  });
  return [...new Set(numbers)];
}

/**
 * The address of a file that the job stores as an artifact, under the file's own path: `store_artifacts` with the
 * folder as both `path` and `destination`. Undefined outside of CircleCI's cloud, and for a file outside of the folder
 * of the job.
 */
export function artifactUrl(env: NodeJS.ProcessEnv, file: string): string | undefined {
  const { CIRCLE_WORKFLOW_JOB_ID: job, CIRCLE_NODE_INDEX: node = "0", CIRCLE_BUILD_URL: url = "" } = env;
  const path = normalize(file).split(sep);
  if (!job || !isOfCloud(url) || isAbsolute(file) || path.includes("..")) return undefined;
  const encoded = path.map(encodeURIComponent).join("/");
  return `https://output.circle-artifacts.com/output/job/${encodeURIComponent(job)}/artifacts/${node}/${encoded}`;
}

function isOfCloud(buildUrl: string): boolean {
  return URL.canParse(buildUrl) && /(^|\.)circleci\.com$/.test(new URL(buildUrl).hostname);
}
