/** What the exit code of `delivery` means. */
import { constants } from "node:os";

export const EXIT_OK = 0;
/** The command could not do its work; standard error says why and what to do. */
export const EXIT_FAILED = 1;
/** Done, and there is something to look at: changes, drift, findings. The command's help says what. */
export const EXIT_FOUND = 2;
/** The command line itself is wrong; EX_USAGE of sysexits.h, so that 2 keeps one meaning. */
export const EXIT_USAGE = 64;

/** Ended by a signal: 128 and its number, as a shell reports it (130 for Ctrl-C). */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Ends a command with an exit code of its own, without a message: the command has said what there is to say. */
export class CommandExit extends Error {
  override readonly name = "CommandExit";
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`Ended with exit code ${exitCode}.`);
    this.exitCode = exitCode;
  }
}

/** Shown below the help of every command. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    done
  1    failed; standard error says why and what to do
  2    done, and there is something to look at; commands that give it say what
  64   wrong command line
  130  interrupted (128 and the number of the signal)
`;
