/** Finds the step that failed in what a build printed. */
import { lastLines } from "../system/command.ts";

/** A step of a build that failed. */
export interface FailedStep {
  /** As the tool names it: "[2/7] RUN false". */
  readonly name: string;
  /** The tool's words for what went wrong. */
  readonly error: string;
  /** Exit code of the step's command, when it ran one. */
  readonly exitCode?: string;
  /** Last lines that the step printed. */
  readonly log: readonly string[];
}

const LOG_LINES = 10;

/**
 * Reads BuildKit's plain progress, of Docker 20.10 and newer: `#5 [2/2] RUN false` names a step by number,
 * `#5 0.1 text` is its output, `#5 ERROR: text` its end.
 */
export function buildkitStep(output: string): FailedStep | undefined {
  const [, number = "", error = ""] = /^#(\d+) ERROR: (.*)$/m.exec(output) ?? [];
  if (!number) return undefined;
  const name = new RegExp(`^#${number} (\\[.*)$`, "m").exec(output)?.[1] ?? "";
  const printed = [...output.matchAll(new RegExp(`^#${number} \\d+\\.\\d+ (.*)$`, "gm"))].map(([, text]) => text);
  const exitCode = /exit code: (\d+)$/.exec(error)?.[1];
  return { name, error, ...(exitCode && { exitCode }), log: lastLines(printed.join("\n"), LOG_LINES) };
}

/** Reads buildah's output: `STEP 2/2: RUN false`, then what the step prints, then `Error: building at STEP ...`. */
export function buildahStep(output: string): FailedStep | undefined {
  const [ending, error = ""] = /^Error: building at STEP ".*?": (.*)$/m.exec(output) ?? [];
  if (ending === undefined) return undefined;
  const step = [...output.matchAll(/^STEP (\d+\/\d+): (.*)$/gm)].at(-1);
  if (!step) return undefined;
  const [line, number, instruction] = step;
  const printed = output
    .slice(step.index + line.length, output.indexOf(ending))
    .replace(/^subprocess exited with status \d+$/gm, "");
  const exitCode = /exit status (\d+)$/.exec(error)?.[1];
  return {
    name: `[${number}] ${instruction}`,
    error,
    ...(exitCode && { exitCode }),
    log: lastLines(printed, LOG_LINES),
  };
}
