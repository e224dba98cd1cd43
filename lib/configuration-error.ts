/** The error with which a program ends that cannot use its configuration. Apart from the problems, which the command line tells without the SDK. */
import { RunError } from "@pulumi/pulumi";
import type { Problem } from "./configuration-problems.ts";
import { onStack } from "./stack-commands.ts";

/** Ends the program with all problems and without a stack trace. */
export class ConfigurationError extends RunError {
  readonly problems: readonly Problem[];

  constructor(stack: string, problems: readonly Problem[]) {
    const title = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    const listed = problems.map(({ key, problem, mend }) => `  ${key} ${problem}\n      ${onStack(mend, stack)}\n`);
    super(`The configuration of stack "${stack}" has ${title}; nothing was changed.\n\n${listed.join("")}`);
    this.problems = problems;
  }
}

/** The error that tells of these problems. */
export function configurationError(stack: string, problems: readonly Problem[]): ConfigurationError {
  return new ConfigurationError(stack, problems);
}
