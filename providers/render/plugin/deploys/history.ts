/** The deploys of a service: the newest, and the one that serves. */
import type { Deploy, DeployStatus } from "../api/answers.ts";

/** What is known of a service's deploys. */
export interface DeployHistory {
  /** All that were looked at, newest first. */
  readonly all: readonly Deploy[];
  readonly newest?: Deploy;
  /** The deploy that serves. */
  readonly live?: Deploy;
}

const PENDING: ReadonlySet<DeployStatus> = new Set([
  "created",
  "queued",
  "build_in_progress",
  "pre_deploy_in_progress",
  "update_in_progress",
]);

const FAILED: ReadonlySet<DeployStatus> = new Set(["build_failed", "pre_deploy_failed", "update_failed", "canceled"]);

/** The deploy has not ended yet. Of a status that is not known, the end tells: it has one, or has not. */
export function isPending(deploy: Deploy): boolean {
  if (PENDING.has(deploy.status)) return true;
  return !FAILED.has(deploy.status) && !hasServed(deploy) && deploy.finishedAt === undefined;
}

/** The deploy came to serve; a deactivated one did until a newer one took its place. */
export function hasServed(deploy: Deploy): boolean {
  return deploy.status === "live" || deploy.status === "deactivated";
}

/** The deploy ended without ever serving. */
export function hasFailed(deploy: Deploy): boolean {
  return !isPending(deploy) && !hasServed(deploy);
}

/** The history in a list of deploys, in whatever order it comes. */
export function historyOf(deploys: readonly Deploy[]): DeployHistory {
  const newestFirst = [...deploys].sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  const newest = newestFirst[0];
  const live = newestFirst.find((deploy) => deploy.status === "live");
  return { all: newestFirst, ...(newest && { newest }), ...(live && { live }) };
}

/**
 * The image that serves, or will once the deploy under way is live; undefined when there is no such deploy.
 * `configured` is the service's image, for a deploy that does not tell its own.
 */
export function currentImage(history: DeployHistory, configured: string | undefined): string | undefined {
  const { newest, live } = history;
  const deploy = newest && isPending(newest) ? newest : live;
  return deploy && (deploy.image?.ref ?? configured);
}
