/** The deploys of a service: the newest, and the one that serves. */
import type { Deploy, DeployStatus } from "../api/answers.ts";

/** What is known of a service's deploys. */
export interface DeployHistory {
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

/** The deploy has not ended yet. */
export function isPending(deploy: Deploy): boolean {
  return PENDING.has(deploy.status);
}

/** The deploy ended without ever serving. */
export function hasFailed(deploy: Deploy): boolean {
  return !isPending(deploy) && deploy.status !== "live" && deploy.status !== "deactivated";
}

/** The history in a list of deploys, in whatever order it comes. */
export function historyOf(deploys: readonly Deploy[]): DeployHistory {
  const newestFirst = [...deploys].sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  const newest = newestFirst[0];
  const live = newestFirst.find((deploy) => deploy.status === "live");
  return { ...(newest && { newest }), ...(live && { live }) };
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
