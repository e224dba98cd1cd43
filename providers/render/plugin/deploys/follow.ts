/** Waiting for a deploy to end. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "../../../kit/resource.ts";
import type { Deploy, ImageService } from "../api/answers.ts";
import { getDeploy, listDeploys } from "../api/deploys.ts";
import type { RenderClient } from "../client.ts";
import { deployFailure } from "./failure.ts";
import { hasServed, historyOf, isPending } from "./history.ts";
import { longestInStatusMs } from "./limits.ts";
import { meaningOf } from "./status.ts";

/** The first look comes soon, because a small image is up in seconds; later ones spare the rate limit. */
const FIRST_INTERVAL_MS = 250;
const LONGEST_INTERVAL_MS = 10_000;
const GROWTH = 1.5;
const MARGIN_MS = 120_000;

/** A deploy to follow. */
export interface Followed {
  readonly service: ImageService;
  readonly deployId: string;
  /** Whether another deploy runs what is declared, so that it may take this one's place. */
  isOurs(deploy: Deploy): boolean;
  /** How long it may be in a status; as long as Render lets it, when absent. */
  longestMs?(status: string): number;
}

/**
 * Waits until the deploy serves and returns it; one that served and was replaced since has done so. One that is
 * canceled in favour of a newer deploy that runs what is declared is given up for that one. Throws with reason and last
 * log lines when the deploy fails, when it takes longer than Render lets it, and when `context.signal` aborts.
 */
export async function followDeploy(context: CallContext<RenderClient>, followed: Followed): Promise<Deploy> {
  const { service, deployId } = followed;
  const deploy = await untilEnded(context, followed);
  if (hasServed(deploy)) return deploy;
  if (deploy.status === "canceled") {
    const { newest } = historyOf(await listDeploys(context, service.id));
    if (newest && newest.id !== deployId) {
      if (!followed.isOurs(newest)) throw replacedBy(newest, service);
      context.log("warning", `deploy ${deployId} is canceled; following deploy ${newest.id}, which replaces it`);
      return followDeploy(context, { ...followed, deployId: newest.id });
    }
  }
  throw await deployFailure(context, service, deploy);
}

/** The error for a deploy of another image that took the place of the declared one. */
export function replacedBy({ id, image }: Deploy, { name }: Pick<ImageService, "name">): Error {
  return new Error(
    `deploy ${id} of ${image?.ref ?? "an image that Render does not tell"} replaced the declared image: something else ` +
      `deploys service "${name}". Stop that, or declare \`imageManagement: "external"\`; then run the same command again`,
  );
}

async function untilEnded(context: CallContext<RenderClient>, followed: Followed): Promise<Deploy> {
  const { service, deployId, longestMs = rendersLimitMs } = followed;
  const started = performance.now();
  let status: string | undefined;
  let since = started;
  try {
    for (let interval = FIRST_INTERVAL_MS; ; interval = Math.min(interval * GROWTH, LONGEST_INTERVAL_MS)) {
      const deploy = await getDeploy(context, service.id, deployId);
      if (!isPending(deploy)) return deploy;
      const now = performance.now();
      if (deploy.status !== status) since = now;
      status = deploy.status;
      if (now - since > longestMs(status)) throw overdue(service, deploy, now - since);
      context.progress(`deploy ${deployId}: ${status}, ${Math.round((now - started) / 1000)} s`);
      await sleep(interval, undefined, { signal: context.signal });
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
    const last = status === undefined ? "not seen yet" : `still ${status}`;
    throw new Error(`deploy ${deployId} was ${last}; it goes on, and the next run waits for it`, { cause: error });
  }
}

/** Render's own clock decides first. */
function rendersLimitMs(status: string): number {
  return longestInStatusMs(status) + MARGIN_MS;
}

function overdue(service: ImageService, { id, status }: Deploy, forMs: number): Error {
  const minutes = (ms: number): number => Math.round(ms / 60_000);
  return new Error(
    `deploy ${id} on service "${service.name}" has been ${status} (${meaningOf(status, service.type)}) for ${minutes(forMs)} min, and ` +
      `Render ends a deploy after ${minutes(longestInStatusMs(status))} min of it. Look at ${service.dashboardUrl}/deploys/${id}; ` +
      "run the same command again to wait on",
  );
}
