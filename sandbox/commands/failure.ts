/** How a command of the sandbox ends when it cannot go on. */
import { EXIT_FAILED, exitCodeOfSignal } from "../../cli/exit-codes.ts";
import { Interruption } from "../../cli/interruption.ts";
import { cleanText } from "../../cli/report/values/clean.ts";

/** Prints the reason in plain words, the stack trace only with DELIVERY_DEBUG set, and makes the process end with a code other than 0. */
export function fail(error: unknown, stderr: Pick<NodeJS.WritableStream, "write"> = process.stderr): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  // What a service, a registry or a package's host has answered may be in it.
  stderr.write(`\n${cleanText((process.env["DELIVERY_DEBUG"] ? stack : undefined) ?? message)}\n`);
  process.exitCode = error instanceof Interruption ? exitCodeOfSignal(error.signalName) : EXIT_FAILED;
}
