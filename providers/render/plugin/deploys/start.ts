/** Starting a deploy, once. */
import { setTimeout as sleep } from "node:timers/promises";
import { createOnce } from "../../../kit/create-once.ts";
import type { Deploy } from "../api/answers.ts";
import { listDeploys, postDeploy } from "../api/deploys.ts";
import type { ApiContext } from "../client.ts";
import { sameImage } from "../image-reference.ts";
import { historyOf, isPending } from "./history.ts";
import { longestInStatusMs } from "./limits.ts";

const LOOK_INTERVAL_MS = 1_000;
/** How long a queued deploy may stay out of the list, with none under way that it waits for. */
const UNLISTED_MS = 60_000;

/** A deploy that Render took; without one when it was queued, which has no id yet. */
interface Started {
  readonly deploy?: Deploy | undefined;
}

/**
 * Starts a deploy of the image and returns it; a lost answer starts no second one. Another's deploy, which runs another
 * image, is never taken for it.
 */
export async function startDeploy(api: ApiContext, serviceId: string, image: string): Promise<Deploy> {
  let known: ReadonlySet<string> | undefined;
  const { deploy } = await createOnce<Started>({
    context: api,
    async find() {
      const deploys = await listDeploys(api, serviceId);
      known ??= new Set(deploys.map(({ id }) => id));
      return deploys.filter((listed) => runs(listed, image)).map((listed) => ({ deploy: listed }));
    },
    create: async ({ signal }) => ({ deploy: await postDeploy({ ...api, signal }, serviceId, image) }),
    idOf: (started) => started.deploy?.id ?? "",
  });
  return deploy ?? (await queuedDeploy(api, serviceId, image, known ?? new Set()));
}

/** The deploy of this image that is listed now and was not before; it comes once the one before it has ended. */
async function queuedDeploy(
  api: ApiContext,
  serviceId: string,
  image: string,
  known: ReadonlySet<string>,
): Promise<Deploy> {
  const started = performance.now();
  for (let idleSince = started; ; ) {
    const { all } = historyOf(await listDeploys(api, serviceId));
    const queued = all.findLast((deploy) => !known.has(deploy.id) && runs(deploy, image));
    if (queued) return queued;
    const now = performance.now();
    const ahead = all.find(isPending);
    if (ahead) {
      idleSince = now;
      api.progress?.(`the deploy of ${image} waits for deploy ${ahead.id}, which is ${ahead.status}`);
    }
    if (now - idleSince > UNLISTED_MS || now - started > longestInStatusMs("queued")) {
      throw new Error(
        `Render accepted a deploy of ${image} into its queue, and does not list it: another deploy may have taken its ` +
          "place. Run the same command again",
      );
    }
    await sleep(LOOK_INTERVAL_MS, undefined, { signal: api.signal });
  }
}

function runs({ image }: Deploy, reference: string): boolean {
  return image?.ref !== undefined && sameImage(image.ref, reference);
}
