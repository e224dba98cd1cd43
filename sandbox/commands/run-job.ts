/** `sandbox run-job <name>`: runs a cron job now, in the sandbox that serves. */
import { Command } from "commander";
import { EXIT_FAILED } from "../../cli/exit-codes.ts";
import { cleanText } from "../../cli/report/values/clean.ts";
import { defaultStateDir } from "../paths.ts";
import { runJob } from "../run-job.ts";
import { findRunning } from "../running.ts";
import { stopSignal } from "../stop.ts";

/** The command. A job needs the sandbox that has its image, so it opens none of its own. */
export function runJobCommand(): Command {
  return new Command("run-job")
    .description("Run a job now, show its output, and end with 1 when it failed. One that is under way is canceled.")
    .argument("<name>", "name or id of the cron job at emulated Render")
    .option("--state <folder>", "folder of the sandbox's state", defaultStateDir)
    .action(async (name: string, { state }: { state: string }) => {
      const world = await findRunning(state);
      if (!world) throw new Error("No sandbox is running. Start one in another terminal: npm start");
      const access = {
        baseUrl: world.services["render"] ?? "",
        key: world.env["RENDER_API_KEY"] ?? "",
        signal: stopSignal(),
      };
      const { id, status, nonZeroExit } = await runJob(access, name, (line) => {
        process.stdout.write(`${cleanText(line)}\n`);
      });
      const code = nonZeroExit === undefined ? "" : `, with status ${nonZeroExit}`;
      process.stderr.write(`Run ${id} of ${cleanText(name)}: ${status}${code}.\n`);
      if (status !== "successful") process.exitCode = EXIT_FAILED;
    });
}
