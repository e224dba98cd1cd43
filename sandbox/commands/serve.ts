/** `sandbox serve`: opens the world and serves until it is told to stop. */
import { Command } from "commander";
import { terminalProgress } from "../../cli/progress.ts";
import { stopSignal, untilStopped } from "../stop.ts";
import { openWorld } from "../world.ts";
import { addSharedOptions, type SharedOptions, worldOptions } from "./options.ts";
import { refuseSecondWorld } from "./second-world.ts";

/** The command. Prints one JSON line on standard output (a `WorldDescription`) once everything answers. */
export function serveCommand(): Command {
  const command = new Command("serve").description(
    "Serve until Ctrl-C. One JSON line on standard output tells every address and the environment for programs.",
  );
  return addSharedOptions(command).action(async (options: SharedOptions) => {
    await refuseSecondWorld(options.state);
    const stop = stopSignal();
    const world = await openWorld({ ...worldOptions(options), progress: terminalProgress(), signal: stop });
    process.stdout.write(`${JSON.stringify(world.description)}\n`);
    await untilStopped(stop);
    await world.close();
  });
}
