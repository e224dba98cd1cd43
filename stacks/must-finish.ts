/**
 * A program that waits for a promise that never settles ends early, with no error and nothing declared, and the engine
 * would plan to delete everything. So the program counts as failed until its last line has run.
 * Imported first, before anything can wait.
 */
import { writeSync } from "node:fs";

/** Node's own exit code for an unsettled top-level await. */
const UNFINISHED = 13;
const MESSAGE = `The program ended before its last line: something in it waits for a promise that never settles.
Nothing was declared, and nothing is changed or deleted. Look for an await in what was changed last.
`;

process.exitCode = UNFINISHED;
process.once("exit", (code) => {
  if (code === UNFINISHED) writeSync(process.stderr.fd, MESSAGE);
});

/** The entry's last line: the program has run to its end. */
export function finished(): void {
  process.exitCode = undefined;
}
