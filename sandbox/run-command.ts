/** Runs a program with the user's terminal handed to it. */
import { spawn } from "node:child_process";
import type { EngineHome } from "./engine-home.ts";

/**
 * Runs a command in the project's folder with the terminal handed to it, and passes signals on.
 * @returns its exit code; 127 with a message when there is no such command, 128 plus the number when a signal ended it.
 */
export function runCommand(argv: readonly string[], home: EngineHome): Promise<number> {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, { cwd: home.projectDir, env: home.env, stdio: "inherit" });
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
      resolve(127);
    });
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  }).finally(() => {
    process.off("SIGINT", stay);
    process.off("SIGTERM", forward);
  });
}
