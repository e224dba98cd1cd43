/** Waiting for a deploy to end. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "../../../kit/resource.ts";
import type { Deploy, WebService } from "../api/answers.ts";
import { getDeploy, listDeploys } from "../api/deploys.ts";
import type { RenderClient } from "../client.ts";
import { deployFailure } from "./failure.ts";
import { historyOf, isPending } from "./history.ts";

/** The first look comes soon, because a small image is up in seconds; later ones spare the rate limit. */
const FIRST_INTERVAL_MS = 250;
const LONGEST_INTERVAL_MS = 10_000;
const GROWTH = 1.5;

/**
 * Waits until the deploy serves and returns it. One that ends in favour of a newer deploy is given up for that one,
 * which carries the same configuration. Throws with reason and last log lines when the deploy fails, and what
 * `context.signal` says when it aborts.
 */
export async function followDeploy(
  context: CallContext<RenderClient>,
  service: WebService,
  deployId: string,
): Promise<Deploy> {
  const deploy = await untilEnded(context, service, deployId);
  if (deploy.status === "live") return deploy;
  if (deploy.status === "canceled" || deploy.status === "deactivated") {
    const { newest } = historyOf(await listDeploys(context, service.id));
    if (newest && newest.id !== deployId) {
      context.log(
        "warning",
        `deploy ${deployId} is ${deploy.status}; following deploy ${newest.id}, which replaces it`,
      );
      return followDeploy(context, service, newest.id);
    }
  }
  throw await deployFailure(context, service, deploy);
}

async function untilEnded(context: CallContext<RenderClient>, service: WebService, deployId: string): Promise<Deploy> {
  const started = performance.now();
  let interval = FIRST_INTERVAL_MS;
  let deploy = await getDeploy(context, service.id, deployId);
  while (isPending(deploy)) {
    const seconds = Math.round((performance.now() - started) / 1000);
    context.progress(`deploy ${deployId}: ${deploy.status}, ${seconds} s`);
    await pause(context, interval, deploy);
    interval = Math.min(interval * GROWTH, LONGEST_INTERVAL_MS);
    deploy = await getDeploy(context, service.id, deployId);
  }
  return deploy;
}

async function pause(context: CallContext<RenderClient>, milliseconds: number, deploy: Deploy): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: context.signal });
  } catch (error) {
    context.log("warning", `deploy ${deploy.id} was still ${deploy.status}; it goes on, and the next run waits for it`);
    throw error;
  }
}
