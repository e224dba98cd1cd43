/** `npm start`: opens the world, declares the chain in it with the real engine, and shows what exists then. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { type Progress, terminalProgress } from "../../cli/progress.ts";
import { removeEndedLocks } from "../ended-locks.ts";
import { prepareEngineHome } from "../engine-home.ts";
import { proveEmpty, proveNoChange, proveSiteAnswers } from "../proofs.ts";

import { type EngineHome, pulumi, pulumiOutputs, pulumiUp } from "../pulumi.ts";
import type { WorldDescription } from "../running.ts";
import { stopSignal, untilStopped } from "../stop.ts";
import { summary } from "../summary.ts";
import { openWorld, type World } from "../world.ts";
import { addSharedOptions, type SharedOptions, worldOptions } from "./options.ts";
import { refuseSecondWorld } from "./second-world.ts";

interface StartOptions extends SharedOptions {
  readonly once: boolean;
}

/** The command. Without `--once` it serves until Ctrl-C and keeps the state for the next time. */
export function startCommand(): Command {
  const command = new Command("start")
    .description("Declare the whole delivery chain on this machine: real engine, real image, emulated services.")
    .option("--once", "prove the chain in a fresh state: up, no change, destroy, nothing left; then exit", false);
  return addSharedOptions(command).action(async (options: StartOptions) => {
    const stop = stopSignal();
    if (options.once) await onceInFreshState(options, stop);
    else await upAndServe(options, stop);
  });
}

async function upAndServe(options: StartOptions, stop: AbortSignal): Promise<void> {
  await refuseSecondWorld(options.state);
  await withChain(options, stop, async ({ world, home, progress }) => {
    await pulumiUp(home);
    showSummary(world.description, await pulumiOutputs(home));
    await untilStopped(stop);
    progress.note(`\nStopping. The state stays in ${options.state}; the next \`npm start\` continues from it.`);
  });
}

async function onceInFreshState(options: StartOptions, stop: AbortSignal): Promise<void> {
  const state = await mkdtemp(join(tmpdir(), "delivery-once-"));
  try {
    await withChain({ ...options, state }, stop, async ({ world, home, progress }) => {
      await pulumiUp(home);
      const outputs = await pulumiOutputs(home);
      showSummary(world.description, outputs);
      await progress.step("The site answers", () => proveSiteAnswers(outputs));
      await progress.step("A second preview changes nothing", () => proveNoChange(home));
      await pulumi(home, ["destroy", "--yes", "--skip-preview", "--run-program"]);
      await progress.step("Every service is empty again", () => proveEmpty(world.services.console.baseUrl));
    });
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

/** On standard error, as all progress is; its values are clean, and its emphasis stays. */
function showSummary(world: WorldDescription, outputs: Record<string, unknown>): void {
  process.stderr.write(`${summary(world, outputs)}\n`);
}

interface Chain {
  readonly world: World;
  readonly home: EngineHome;
  readonly progress: Progress;
}

/** Opens world and engine, does the work, and closes the world whatever happens. */
async function withChain(
  options: StartOptions,
  signal: AbortSignal,
  work: (chain: Chain) => Promise<void>,
): Promise<void> {
  const progress = terminalProgress();
  const world = await openWorld({ ...worldOptions(options), progress, signal });
  try {
    const home = await prepareEngineHome({
      stateDir: options.state,
      world: world.description,
      plugins: options.plugins,
      progress,
      signal,
    });
    signal.throwIfAborted();
    await removeEndedLocks(home.env["PULUMI_BACKEND_URL"] ?? "");
    await work({ world, home, progress });
  } finally {
    await progress.step("Stopping services and containers", () => world.close());
  }
}
