/** Syntax errors of a Dockerfile, in BuildKit's words. */
import { createRequire } from "node:module";
import type * as DockerfileUtils from "dockerfile-utils";

/** `DiagnosticSeverity.Error` ("Language Server Protocol Specification"). */
const ERROR = 1;

// Loaded when a Dockerfile is checked, so that it costs the plugin's start nothing.
const load = createRequire(import.meta.url);

/** The first syntax error, or undefined. Which flags an instruction may have is the builder's to judge. */
export function syntaxError(dockerfile: string): string | undefined {
  const { validate, ValidationCode } = load("dockerfile-utils") as typeof DockerfileUtils;
  const flags: readonly unknown[] = [
    ValidationCode.UNKNOWN_ADD_FLAG,
    ValidationCode.UNKNOWN_COPY_FLAG,
    ValidationCode.UNKNOWN_FROM_FLAG,
    ValidationCode.UNKNOWN_HEALTHCHECK_FLAG,
  ];
  const found = validate(dockerfile).find(({ severity, code }) => severity === ERROR && !flags.includes(code));
  if (!found) return undefined;
  const message = String(found.message);
  const unknown = /^Unknown instruction: (.*)$/.exec(message);
  const problem = unknown ? `unknown instruction: ${unknown[1]}` : message;
  return `dockerfile parse error on line ${found.range.start.line + 1}: ${problem}`;
}
