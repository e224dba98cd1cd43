/** How a command of the sandbox ends when it cannot go on. */
import { EXIT_FAILED, exitCodeOfSignal } from "../../cli/exit-codes.ts";
import { Interruption } from "../../cli/interruption.ts";

/** Prints the reason in plain words, the stack trace only with DELIVERY_DEBUG set, and makes the process end with a code other than 0. */
export function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`\n${process.env["DELIVERY_DEBUG"] ? stack : message}\n`);
  process.exitCode = error instanceof Interruption ? exitCodeOfSignal(error.signalName) : EXIT_FAILED;
}
