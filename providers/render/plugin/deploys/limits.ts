/** How long Render lets each step of a deploy take before it ends the deploy as failed ("How Deploys Work", command timeouts). */
import type { DeployStatus } from "../api/answers.ts";

const MINUTE_MS = 60_000;
const BUILD_MS = 120 * MINUTE_MS;
const PRE_DEPLOY_MS = 30 * MINUTE_MS;
const START_MS = 15 * MINUTE_MS;
/** One that waits for another deploy waits for all of its steps. */
const WHOLE_MS = BUILD_MS + PRE_DEPLOY_MS + START_MS;

const STEPS: Readonly<Record<string, number>> = {
  build_in_progress: BUILD_MS,
  pre_deploy_in_progress: PRE_DEPLOY_MS,
  update_in_progress: START_MS,
};

/** How long a deploy may be in this status; the whole of a deploy's time in one that is no step, or is not known. */
export function longestInStatusMs(status: DeployStatus): number {
  return STEPS[status] ?? WHOLE_MS;
}
