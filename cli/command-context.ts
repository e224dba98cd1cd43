/** What a command gets from its surroundings. */
import type { Interruption } from "./interruption.ts";

/** What a command gets. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  /** Aborted with an {@link Interruption} when the user ends the command. */
  readonly signal: AbortSignal;
  /** Results only, so that they can be piped. */
  readonly stdout: NodeJS.WritableStream;
  /** Progress and errors. */
  readonly stderr: NodeJS.WriteStream;
}
