/** Runs a program with the user's terminal handed to it. */
import { spawn } from "node:child_process";
import { exitCodeOfSignal } from "./exit-codes.ts";

/** Where and with which environment a program runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const NO_SUCH_COMMAND = 127;

/**
 * Runs a command with the terminal handed to it, and passes signals on.
 * @returns its exit code; 127 with a message when there is no such command, 128 plus the number when a signal ended it.
 */
export function runInForeground(argv: readonly string[], { cwd, env }: Surroundings): Promise<number> {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, { cwd, env, stdio: "inherit" });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  // Ctrl-C reaches the whole foreground group by itself; the handler only keeps this process alive to clean up.
  const stay = (): void => {};
  process.on("SIGINT", stay);
  process.on("SIGTERM", forward);
  return new Promise<number>((resolve) => {
    child.on("error", () => {
      process.stderr.write(`There is no command "${command}" on this machine.\n`);
      resolve(NO_SUCH_COMMAND);
    });
    child.on("close", (code, signal) => resolve(code ?? exitCodeOfSignal(signal ?? "SIGTERM")));
  }).finally(() => {
    process.off("SIGINT", stay);
    process.off("SIGTERM", forward);
  });
}
