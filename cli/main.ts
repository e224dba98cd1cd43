/** Starts the command line `delivery` of this process. */
import { programsEnded } from "./child-process.ts";
import { listenForSignals } from "./interruption.ts";
import { runCommandLine } from "./program.ts";

const { signal } = listenForSignals();
const { stdout, stderr } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { env: process.env, signal, stdout, stderr });
if (signal.aborted) {
  // The engine may still be at the step that it finishes.
  await programsEnded();
  for (const stream of [stdout, stderr]) await new Promise((written) => stream.write("", written));
  // Clients of services may wait for a limit, for minutes: nobody wants what comes of it any more.
  process.exit();
}
