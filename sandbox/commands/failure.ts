/** How a command of the sandbox ends when it cannot go on. */

/** Prints the reason in plain words (the stack trace only with DEBUG set) and makes the process end with code 1. */
export function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n${message}\n`);
  if (process.env["DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}
