/**
 * A rollback: an earlier tag runs again, without a build. Until it serves, the new settings stand in a copy of the
 * stack's file, so that an interruption at any point leaves the file as it was.
 */
import type { CommandContext } from "../command-context.ts";
import { Interruption } from "../interruption.ts";
import { updateStack } from "../preview/update.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { parseExportedStack } from "../recover/exported-stack.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import type { Report } from "../report/index.ts";
import { exportedState } from "../state/edit.ts";
import { changeSettings, withSettingsCopy } from "../state/settings-copy.ts";
import { UserError } from "../user-error.ts";
import { changeImageSettings, type ImageSettings, readImageSettings } from "./image-settings.ts";
import { previousRelease, type Release, readReleases } from "./releases.ts";
import { refuseUndeployed } from "./rollback-refusal.ts";
import { rollbackTargets } from "./rollback-targets.ts";
import { type SiteResource, siteIn } from "./site.ts";
import { readUpdates } from "./updates.ts";

/** How to roll back. */
export interface RollbackOptions {
  readonly pulumi: WatchablePulumi;
  readonly context: Pick<CommandContext, "env" | "signal">;
  readonly progress: Progress;
  readonly stack: string;
  /** Path of the stack's file. */
  readonly stackFile: string;
  /** The tag to go back to; undefined for the one that served before. */
  readonly tag: string | undefined;
  /** Whether everything else that the program would change goes along. */
  readonly all: boolean;
  /** Options of the engine that name policy packs. */
  readonly policy: readonly string[];
  /** How long to wait for the stack's lock. */
  readonly waitMinutes: number;
  /** Shown what is to be done, before anything is changed; false ends without a change. */
  confirm(plan: RollbackPlan, preview: Report): Promise<boolean>;
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
 * Rolls back: shows a plan of the site and its image alone, asks, and does that.
 * @throws UserError when there is nothing to go back to, the site needs something that is not deployed yet, it is not
 * confirmed, the engine fails, or another tag serves in the end. The stack's file is as before then.
 */
export async function rollback(options: RollbackOptions): Promise<Rollback> {
  const { pulumi, progress, stackFile } = options;
  const exported = await exportedState(pulumi);
  refusePendingOperations(exported, "npx --no delivery recover");
  const state = parseExportedStack(exported);
  const site = siteIn(state);
  const releases = await progress.step("Reading deploys and history", () => read(options, site));
  const to = options.tag ?? previousRelease(releases)?.tag;
  if (to === undefined)
    throw new UserError(
      "No release of another tag served before this one.",
      "Name one: `npx --no delivery rollback TAG`.",
    );
  const before = await readImageSettings(pulumi);
  const plan = { from: serving(releases)?.tag, to, before, after: settingsFor(before, to) };
  const targets = options.all ? [] : rollbackTargets(state, site);
  await withSettingsCopy(pulumi, stackFile, async (copied) => {
    await changeImageSettings(copied, before, plan.after);
    await deploy(options, copied, plan, targets);
  });
  await pin(options, plan);
  const served = serving(await read(options, site));
  if (served?.tag === to) return { ...plan, deploy: served.deploy };
  const nextStep =
    "Something else deploys the site: `npx --no delivery releases` shows it. Stop it, then run this again.";
  throw new UserError(`${served?.tag ?? "Nothing"} serves, not ${to}.`, nextStep);
}

/** The update, as the settings in the copy want it. */
async function deploy(
  { progress, context, stack, policy, waitMinutes, confirm }: RollbackOptions,
  pulumi: WatchablePulumi,
  plan: RollbackPlan,
  targets: readonly string[],
): Promise<void> {
  let isPlanned = false;
  const report = await updateStack({
    ...{ pulumi, progress, signal: context.signal, stack, policy, targets, waitMinutes },
    message: `Roll back to ${plan.to}`,
    // The state does not know of a deploy that something else made.
    refresh: true,
    agree: async (preview) => {
      isPlanned = true;
      return confirm(plan, preview);
    },
  });
  if (report === undefined)
    throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");
  if (report.outcome !== "failed") return;
  refuseUndeployed(report, plan.to);
  const said = report.diagnostics.map(({ message }) => message).join("\n") || report.headline;
  throw new UserError(
    said,
    isPlanned
      ? `The stack's file is as it was. Fix the cause, then run \`npx --no delivery rollback ${plan.to}\` again.`
      : "Nothing was changed, and the stack's file is as it was.",
  );
}

/** Makes the stack's file say what serves now. */
async function pin({ pulumi, stackFile }: RollbackOptions, { to, before, after }: RollbackPlan): Promise<void> {
  try {
    await changeSettings({ pulumi, stackFile, edit: (copied) => changeImageSettings(copied, before, after) });
  } catch (error) {
    if (error instanceof Interruption)
      error.nextStep = `${to} serves, and the stack's file is as it was: \`npx --no delivery rollback ${to}\` again pins it there.`;
    throw error;
  }
}

async function read({ pulumi, context }: RollbackOptions, { id }: SiteResource): Promise<Release[]> {
  return readReleases(id, await readUpdates(pulumi), context);
}

/** What pins the tag. A pipeline that deploys by itself is held, so that its next deploy does not undo the rollback. */
function settingsFor(before: ImageSettings, tag: string): ImageSettings {
  if (before.delivery === "continuous") return { ...before, tag, hold: "true" };
  return { ...before, delivery: "pinned", tag };
}

function serving(releases: readonly Release[]): Release | undefined {
  return releases.find(({ status }) => status === "live");
}
