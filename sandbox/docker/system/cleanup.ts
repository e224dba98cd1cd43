/** What has to be undone at the end, in reverse order of how it came to be. */
export class Cleanup {
  readonly #steps: (() => Promise<void>)[] = [];

  /** Adds a step; it runs before those added earlier. */
  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /**
   * Runs every step once, also when an earlier one fails. A second call does nothing.
   * @throws the first failure, after all steps ran.
   */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Runs every step because something has failed. That stays the failure to report; what fails here is only told. */
  async runAfterFailure(tell: (message: string) => void): Promise<void> {
    await this.run().catch((error: unknown) => {
      tell(`Not everything that was started could be stopped: ${error instanceof Error ? error.message : error}`);
    });
  }
}
