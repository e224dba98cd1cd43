/** Runs a program with the user's terminal handed to it. */
import { spawn } from "node:child_process";
import { exitCodeOfSignal } from "./exit-codes.ts";
import { Interruption } from "./interruption.ts";
import { cleanText } from "./report/values/clean.ts";

/** Where and with which environment a program runs, and until when. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the program shall end. Ctrl-C is the program's own: as long as it runs, this process stays, too. */
  readonly signal: AbortSignal;
}

const NO_SUCH_COMMAND = 127;

/**
 * Runs a command with the terminal handed to it, and passes the wish to end on.
 * @returns its exit code; 127 with a message when there is no such command, 128 plus the number when a signal ended it.
 * @throws the signal's reason when it was aborted before.
 */
export async function runInForeground(argv: readonly string[], { cwd, env, signal }: Surroundings): Promise<number> {
  signal.throwIfAborted();
  const [command = "", ...args] = argv;
  const child = spawn(command, args, { cwd, env, stdio: "inherit" });
  let forgetInsistence = (): void => {};
  const pass = (): void => {
    const { reason } = signal;
    if (!(reason instanceof Interruption)) return void child.kill("SIGTERM");
    // Ctrl-C reaches the whole foreground group by itself, however often it is pressed.
    if (reason.signalName !== "SIGINT") child.kill("SIGTERM");
    forgetInsistence = reason.onInsistence(() => {});
  };
  signal.addEventListener("abort", pass, { once: true });
  return new Promise<number>((resolve) => {
    child.on("error", () => {
      process.stderr.write(cleanText(`There is no command "${command}" on this machine.\n`));
      resolve(NO_SUCH_COMMAND);
    });
    child.on("close", (code, endedBy) => resolve(code ?? exitCodeOfSignal(endedBy ?? "SIGTERM")));
  }).finally(() => {
    signal.removeEventListener("abort", pass);
    forgetInsistence();
  });
}
