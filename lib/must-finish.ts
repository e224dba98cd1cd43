/**
 * A program that waits for a promise that never settles ends early, with no error and nothing declared, and the engine
 * would plan to delete everything. So the program counts as failed until its last line has run: it leaves with another
 * exit code than 0, and the SDK does not tell the engine that all is declared. Imported first, before anything can wait.
 */
import { writeSync } from "node:fs";

/** Node's own exit code for an unsettled top-level await. */
const UNFINISHED = 13;
/** The exit code by which the SDK tells the engine that the error is on the screen already. */
const REPORTED = 32;
const MESSAGE = `The program ended before its last line: something in it waits for a promise that never settles.
It counts as failed, so nothing is deleted. Look for an await in what was changed last.
`;

process.exitCode = UNFINISHED;
process.once("exit", (code) => {
  if (code === UNFINISHED) writeSync(process.stderr.fd, MESSAGE);
});
process.once("unhandledRejection", failed);
process.once("uncaughtExceptionMonitor", failed);

/** The entry's last line: the program has run to its end. */
export function finished(): void {
  process.exitCode = undefined;
}

function failed(): void {
  process.exitCode = REPORTED;
}
