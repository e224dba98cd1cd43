/** What a command gets from its surroundings. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  /** Aborted with an {@link Interruption} when the user ends the command. */
  readonly signal: AbortSignal;
  /** Results only, so that they can be piped. */
  readonly stdout: NodeJS.WritableStream;
  /** Progress and errors. */
  readonly stderr: NodeJS.WriteStream;
}

/** Why a command was ended early. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly signalName: NodeJS.Signals;

  constructor(signalName: NodeJS.Signals) {
    super(`Interrupted by ${signalName}.`);
    this.signalName = signalName;
  }
}
