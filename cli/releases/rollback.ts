/** A rollback: the stack's file names an earlier tag, and one `up` deploys it. Nothing is built. */
import type { RunResult } from "../child-process.ts";
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { exportStack } from "../recover/export.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { UserError } from "../user-error.ts";
import { changeImageSettings, type ImageSettings, readImageSettings } from "./image-settings.ts";
import { previousRelease, type Release, readReleases } from "./releases.ts";
import { type SiteResource, siteIn } from "./site.ts";
import { readUpdates } from "./updates.ts";

/** How to roll back. */
export interface RollbackOptions {
  readonly pulumi: Pulumi;
  readonly context: Pick<CommandContext, "env" | "signal">;
  readonly progress: Progress;
  /** The tag to go back to; undefined for the one that served before. */
  readonly tag: string | undefined;
  /** Shown what is to be done, before anything is changed; false ends without a change. */
  confirm(plan: RollbackPlan): Promise<boolean>;
}

/** What is to be done. */
export interface RollbackPlan {
  /** The tag that serves now, as far as Render tells. */
  readonly from: string | undefined;
  readonly to: string;
  /** What the stack's file says before and after. */
  readonly before: ImageSettings;
  readonly after: ImageSettings;
}

/** What was done. */
export interface Rollback extends RollbackPlan {
  /** The deploy that serves now. */
  readonly deploy: string;
}

/**
 * Rolls back. When the preview refuses, for example because the registry has no such tag, the stack's file is put back.
 * @throws UserError when there is nothing to go back to, it is not confirmed, the engine fails, or another tag serves
 * in the end.
 */
export async function rollback(options: RollbackOptions): Promise<Rollback> {
  const { pulumi, progress } = options;
  const site = await findSite(pulumi);
  const releases = await progress.step("Reading deploys and history", () => read(options, site));
  const to = options.tag ?? previousRelease(releases)?.tag;
  if (to === undefined)
    throw new UserError("No release of another tag served before this one.", "Name one: `delivery rollback TAG`.");
  const before = await readImageSettings(pulumi);
  const plan = { from: serving(releases)?.tag, to, before, after: settingsFor(before, to) };
  if (!(await options.confirm(plan)))
    throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");

  await changeImageSettings(pulumi, before, plan.after);
  const preview = await progress.step("Previewing", () => pulumi.run("preview"));
  if (preview.code !== 0) {
    await changeImageSettings(pulumi, plan.after, before);
    throw new UserError(errorsOf(preview), "Nothing was changed, and the stack's file is as it was.");
  }
  const update = await progress.step(`Deploying ${to}`, () => deploy(pulumi, site, to));
  if (update.code !== 0)
    throw new UserError(errorsOf(update), `The stack's file names ${to}; run \`pulumi up\` once that is mended.`);
  const served = serving(await read(options, site));
  if (served?.tag === to) return { ...plan, deploy: served.deploy };
  const nextStep = "Something else deploys the site: `delivery releases` shows it. Stop it, then run this again.";
  throw new UserError(`${served?.tag ?? "Nothing"} serves, not ${to}.`, nextStep);
}

async function findSite(pulumi: Pulumi): Promise<SiteResource> {
  const exported = await pulumi.run("stack", "export");
  if (exported.code === 0) refusePendingOperations(exported.stdout, "delivery recover");
  return siteIn(await exportStack(pulumi));
}

async function read({ pulumi, context }: RollbackOptions, { id }: SiteResource): Promise<Release[]> {
  return readReleases(id, await readUpdates(pulumi), context);
}

/** The state does not know of a deploy that something else made, so the site is read again first. */
async function deploy(pulumi: Pulumi, { urn }: SiteResource, tag: string): Promise<RunResult> {
  // It also fails for a deploy that has failed, which the update then makes up for.
  await pulumi.run("refresh", "--yes", "--skip-preview", "--target", urn);
  return pulumi.run("up", "--yes", "--skip-preview", "--message", `Roll back to ${tag}`);
}

/** What pins the tag. A pipeline that deploys by itself is held, so that its next deploy does not undo the rollback. */
function settingsFor(before: ImageSettings, tag: string): ImageSettings {
  if (before.delivery === "continuous") return { ...before, tag, hold: "true" };
  return { ...before, delivery: "pinned", tag };
}

function serving(releases: readonly Release[]): Release | undefined {
  return releases.find(({ status }) => status === "live");
}
