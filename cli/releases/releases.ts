/** What ran when, on which tag, by which deploy. */
import { parseReference } from "../../providers/kit/image-reference.ts";
import type { Deploy } from "../../providers/render/plugin/api/answers.ts";
import { listDeploys } from "../../providers/render/plugin/api/deploys.ts";
import type { CommandContext } from "../command-context.ts";
import { renderClient } from "../services/render.ts";
import type { Update } from "./updates.ts";

/** One deploy of the site. */
export interface Release {
  /** Render's id of the deploy. */
  readonly deploy: string;
  /** Undefined when Render does not tell the image, or it was deployed by its digest. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Render's word for how it stands; `live` serves now, `deactivated` served before. */
  readonly status: Deploy["status"];
  readonly startedAt: string;
  readonly endedAt: string | undefined;
  /** Number of the stack's update that made it; undefined when something else did. */
  readonly update: number | undefined;
  /** What made Render deploy, in its own word. */
  readonly trigger: string | undefined;
}

/** How a deploy ends that never serves. */
const FAILED: ReadonlySet<Release["status"]> = new Set([
  "build_failed",
  "pre_deploy_failed",
  "update_failed",
  "canceled",
]);

/** The engine writes down whole seconds. */
const SECOND_MS = 1_000;

/**
 * The newest deploys of a service and the one that serves, newest first, each with the update that made it.
 * @throws UserError without a key; as Render's client does.
 */
export async function readReleases(
  serviceId: string,
  updates: readonly Update[],
  { env, signal }: Pick<CommandContext, "env" | "signal">,
): Promise<Release[]> {
  const deploys = await listDeploys({ client: renderClient(env), signal }, serviceId);
  return deploys
    .toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt))
    .map((deploy) => ({
      deploy: deploy.id,
      tag: parseReference(deploy.image?.ref ?? "")?.tag,
      digest: deploy.image?.sha,
      status: deploy.status,
      startedAt: deploy.createdAt,
      endedAt: deploy.finishedAt,
      update: updates.find((update) => isDuring(update, deploy.createdAt))?.version,
      trigger: deploy.trigger,
    }));
}

function isDuring({ startedAt, endedAt }: Update, time: string): boolean {
  const at = Date.parse(time);
  const end = endedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(endedAt) + SECOND_MS;
  return at >= Date.parse(startedAt) - SECOND_MS && at <= end;
}

/**
 * The release to go back to: the newest of another tag that served before what serves now. When the newest deploy has
 * failed, what serves is the way back already.
 */
export function previousRelease(releases: readonly Release[]): Release | undefined {
  const at = releases.findIndex(({ status }) => status === "live");
  const live = releases[at];
  if (live && FAILED.has(releases[0]?.status ?? "live")) return live;
  return releases
    .slice(at + 1)
    .find(({ status, tag }) => status === "deactivated" && tag !== undefined && tag !== live?.tag);
}
