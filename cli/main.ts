/** Starts the command line `delivery` of this process. */
import { listenForSignals } from "./interruption.ts";
import { runCommandLine } from "./program.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  signal: listenForSignals().signal,
  stdout: process.stdout,
  stderr: process.stderr,
});
