/** Asks before something is changed. */
import { createInterface } from "node:readline/promises";
import type { CommandContext } from "./command-context.ts";

/** True when a person on the terminal agrees; false without a terminal. Throws the signal's reason when interrupted. */
export async function confirmed(question: string, { stderr, signal }: CommandContext): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    terminal.close();
  }
}
