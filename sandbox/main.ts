/** `npm run sandbox -- <command>`: the offline world by itself, without the demonstration that `npm start` gives. */
import { Command } from "commander";
import { execCommand } from "./commands/exec.ts";
import { fail } from "./commands/failure.ts";
import { pullRequestCommand } from "./commands/pull-request.ts";
import { runJobCommand } from "./commands/run-job.ts";
import { serveCommand } from "./commands/serve.ts";

const program = new Command("sandbox")
  .enablePositionalOptions()
  .description("The offline world: emulated GitHub, CircleCI, Sentry and Render, a registry and a container engine.")
  .addCommand(serveCommand())
  .addCommand(execCommand())
  .addCommand(pullRequestCommand())
  .addCommand(runJobCommand())
  .addHelpText(
    "after",
    "\nExit codes: 0 done; 1 failed, with the reason on standard error; `exec` passes on its command's code, `run-job` tells that a job failed with 1.",
  );

await program.parseAsync().catch(fail);
