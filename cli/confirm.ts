/** Asks before something is changed. */
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { CommandContext } from "./command-context.ts";
import { Interruption } from "./interruption.ts";

/**
 * True when a person on the terminal agrees; false without a terminal, and when its input ends.
 * @throws the signal's reason when interrupted.
 */
export async function confirmed(question: string, { stderr, signal }: CommandContext): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: stderr });
  // While there is a question, the terminal sends Ctrl-C as a character.
  const interrupted = new Promise<never>((_resolve, reject) => {
    terminal.once("SIGINT", () => reject(new Interruption("SIGINT")));
  });
  const closed = once(terminal, "close").then(() => "");
  const answered = terminal.question(`${question} [y/N] `, { signal }).catch(() => {
    signal.throwIfAborted();
    return ""; // Ctrl-D
  });
  try {
    return /^y(es)?$/i.test((await Promise.race([answered, closed, interrupted])).trim());
  } finally {
    terminal.close();
  }
}
