/** Starting a deploy, once. */
import { setTimeout as sleep } from "node:timers/promises";
import { createOnce } from "../../../kit/create-once.ts";
import type { Deploy } from "../api/answers.ts";
import { listDeploys, postDeploy } from "../api/deploys.ts";
import type { ApiContext } from "../client.ts";
import { historyOf } from "./history.ts";

const LOOK_INTERVAL_MS = 1_000;
/** How long a queued deploy may stay out of the list before something must be wrong. */
const QUEUED_WITHIN_MS = 60_000;

/** Starts a deploy of the image and returns it; a lost answer starts no second one. */
export async function startDeploy(api: ApiContext, serviceId: string, image: string): Promise<Deploy> {
  let before: readonly Deploy[] | undefined;
  return createOnce({
    context: api,
    async find() {
      const deploys = await listDeploys(api, serviceId);
      before ??= deploys;
      return deploys;
    },
    create: async ({ signal }) =>
      (await postDeploy({ ...api, signal }, serviceId, image)) ?? (await queuedDeploy(api, serviceId, before ?? [])),
    idOf: (deploy) => deploy.id,
  });
}

/** The deploy that is listed now and was not before. */
async function queuedDeploy(api: ApiContext, serviceId: string, before: readonly Deploy[]): Promise<Deploy> {
  const known = new Set(before.map((deploy) => deploy.id));
  const deadline = performance.now() + QUEUED_WITHIN_MS;
  for (;;) {
    const deploys = await listDeploys(api, serviceId);
    const { newest } = historyOf(deploys.filter((deploy) => !known.has(deploy.id)));
    if (newest) return newest;
    if (performance.now() > deadline) {
      throw new Error("Render accepted a deploy into its queue, but does not list it; run the same command again");
    }
    await sleep(LOOK_INTERVAL_MS, undefined, { signal: api.signal });
  }
}
