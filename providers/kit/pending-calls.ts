/** The calls that a plugin has taken and not answered yet. */

/** Keeps them until they are answered. */
export class PendingCalls {
  readonly #calls = new Set<Promise<void>>();

  /** Keeps a call; it must not reject. */
  add(call: Promise<void>): void {
    this.#calls.add(call);
    call.finally(() => this.#calls.delete(call));
  }

  /** Whether there is any. */
  get any(): boolean {
    return this.#calls.size > 0;
  }

  /** Resolves when the calls that are under way now have their answers. */
  async answered(): Promise<void> {
    await Promise.all(this.#calls);
  }
}
