/** Starts the command line `delivery` of this process. */
import { Interruption } from "./command-context.ts";
import { exitCodeOfSignal } from "./exit-codes.ts";
import { runCommandLine } from "./program.ts";

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    // The first signal lets the command clean up; a second one does not wait for that.
    if (interruption.signal.aborted) process.exit(exitCodeOfSignal(name));
    interruption.abort(new Interruption(name));
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  signal: interruption.signal,
  stdout: process.stdout,
  stderr: process.stderr,
});
