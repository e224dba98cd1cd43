/** Why a deploy failed, in words, from what happened to its service. */
import type { Deploy, InstanceFailure, ServiceEvent } from "../api/answers.ts";

/** The reasons that the service's events since the deploy's start give. */
export function failureReasons(deploy: Deploy, events: readonly ServiceEvent[]): string[] {
  const reasons = events.flatMap(({ type, details }) => {
    if (type === "image_pull_failed" && details.message) return [`the image could not be pulled: ${details.message}`];
    const ofDeploy = details.deployId === deploy.id && (type === "deploy_ended" || type === "pre_deploy_ended");
    return ofDeploy && details.reason?.failure ? inWords(details.reason.failure) : [];
  });
  return [...new Set(reasons)];
}

function inWords(failure: InstanceFailure): string[] {
  const { nonZeroExit, earlyExit, oomKilled, timedOutSeconds, timedOutReason, unhealthy } = failure;
  return [
    ...(nonZeroExit === undefined ? [] : [`it exited with status ${nonZeroExit}`]),
    ...(earlyExit && nonZeroExit === undefined ? ["it exited, and a service should not"] : []),
    ...(oomKilled ? [`it used more memory than its plan has (${oomKilled.memoryLimit})`] : []),
    ...(timedOutSeconds === undefined ? [] : [`it was not ready within ${timedOutSeconds} s`]),
    ...(timedOutReason ? [timedOutReason] : []),
    ...(unhealthy ? [`unhealthy: ${unhealthy}`] : []),
  ];
}
