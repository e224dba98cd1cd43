/** An error that is the user's to fix: shown as it is, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What to do about it, as a sentence of its own. */
  readonly nextStep: string;

  /**
   * @param problem what is wrong, naming the thing.
   * @param nextStep what to do about it. The message is the problem and, on a line of its own, the next step.
   */
  constructor(problem: string, nextStep: string, options?: ErrorOptions) {
    super(`${problem}\n${nextStep}`, options);
    this.nextStep = nextStep;
  }
}
