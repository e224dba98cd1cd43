/** `sandbox exec -- <command>`: runs any command, most often `pulumi ...`, against the sandbox. */
import { Command } from "commander";
import { runInForeground } from "../../cli/foreground.ts";
import { terminalProgress } from "../../cli/progress.ts";
import { prepareEngineHome } from "../engine-home.ts";
import { findRunning } from "../running.ts";
import { stopSignal } from "../stop.ts";
import { openWorld } from "../world.ts";
import { addSharedOptions, type SharedOptions, worldOptions } from "./options.ts";

/** The command. Uses the sandbox that already serves from the state folder, else opens one for as long as it takes. */
export function execCommand(): Command {
  const command = new Command("exec")
    .description("Run a command with the engine, the stack and the environment of the sandbox.")
    .argument("<command...>", "the command and its arguments, after --")
    .passThroughOptions()
    .allowUnknownOption();
  return addSharedOptions(command).action(async (argv: string[], options: SharedOptions) => {
    const progress = terminalProgress();
    const signal = stopSignal();
    const running = await findRunning(options.state);
    const world = running ? undefined : await openWorld({ ...worldOptions(options), progress, signal });
    try {
      const description = running ?? world?.description;
      if (!description) throw new Error("No sandbox is open.");
      const home = await prepareEngineHome({
        stateDir: options.state,
        world: description,
        plugins: options.plugins,
        progress,
        signal,
      });
      process.exitCode = await runInForeground(argv, { cwd: home.projectDir, env: home.env, signal });
    } finally {
      await world?.close();
    }
  });
}
