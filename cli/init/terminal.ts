/** Asks the questions on a terminal. */
import { checkbox, confirm, input, select } from "@inquirer/prompts";
import { Interruption } from "../interruption.ts";
import { oneLine } from "../report/values/clean.ts";
import type { Listed } from "./accounts.ts";
import { checkedAnswer, choicesOf } from "./answer.ts";
import { OFF, OPTIONAL_PARTS, offParts, type Question } from "./questions.ts";

/** Where the questions are shown and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Ends a question without an answer. */
  readonly signal: AbortSignal;
}

/**
 * Asks one question until its answer is accepted.
 * @param fallback the answer that Enter gives.
 * @param listed the accounts among which the answer is chosen, or why there is no list.
 * @throws the signal's reason when aborted, an Interruption on Ctrl-C.
 */
export async function ask(
  question: Question,
  fallback: string | undefined,
  terminal: Terminal,
  listed?: Listed,
): Promise<string> {
  const { key, text } = question;
  const message = listed?.note === undefined ? text : `${text}; ${oneLine(listed.note)}`;
  const choices = choicesOf(key);
  const prompt = (): Promise<string> => {
    if (key === OFF) return askForParts(message, offParts({ off: fallback ?? "" }), terminal);
    if (choices?.includes("true"))
      return confirm({ message, default: fallback === "true" }, terminal).then((yes) => String(yes));
    const chosen = fallback !== undefined && { default: fallback };
    if (listed && listed.accounts.length > 0) {
      const accounts = listed.accounts.map(({ value, name }) => ({ value, name: `${oneLine(name)} (${value})` }));
      return select({ message, choices: accounts, ...chosen }, terminal);
    }
    if (choices) return select({ message, choices: [...choices], ...chosen }, terminal);
    const validate = (answer: string): true | string => problem(key, answer);
    return input({ message, validate, ...(fallback && { default: fallback }) }, terminal);
  };
  try {
    return await prompt();
  } catch (error) {
    terminal.signal.throwIfAborted();
    // The prompt reads Ctrl-C itself, so no signal comes.
    throw error instanceof Error && error.name === "ExitPromptError" ? new Interruption("SIGINT") : error;
  }
}

function problem(key: string, answer: string): true | string {
  const { problem: found } = checkedAnswer(key, answer);
  return found === undefined || `This ${found}.`;
}

async function askForParts(message: string, checked: readonly string[], terminal: Terminal): Promise<string> {
  const choices = OPTIONAL_PARTS.map((part) => ({ value: part, checked: checked.includes(part) }));
  return (await checkbox({ message, choices }, terminal)).join(",");
}
