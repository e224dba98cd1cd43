/** Failures in the form in which a bridged plugin shows them. */

/** An error of the vendor's code; the message is what the engine prints. */
export class BridgedError extends Error {
  /** What went wrong, without the words around it. */
  readonly problem: string;

  constructor(problem: string) {
    super(`1 error occurred:\n\t* ${problem}\n\n`);
    this.name = "BridgedError";
    this.problem = problem;
  }
}

/** A request that got no answer at all. Reads like the error of Go's HTTP client. */
export function noAnswer(method: string, url: string, cause: unknown): string {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return `${verb} "${url}": ${reason}`;
}
