/** Starts the command line `delivery` of this process. */
import { listenForSignals } from "./interruption.ts";
import { runCommandLine } from "./program.ts";

const { signal } = listenForSignals();
const { stdout, stderr } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { env: process.env, signal, stdout, stderr });
// Clients of services may still wait for a limit, for minutes: nobody wants what comes of it any more.
if (signal.aborted) for (const stream of [stdout, stderr]) await new Promise((written) => stream.write("", written));
if (signal.aborted) process.exit();
