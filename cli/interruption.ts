/** How the user ends a command: the first signal asks for it, further ones insist. */
import { exitCodeOfSignal } from "./exit-codes.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Why a command was ended early. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly signalName: NodeJS.Signals;
  /** What was left as it is, and how to go on; said after the message. */
  nextStep: string | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(signalName: NodeJS.Signals) {
    super(`Interrupted by ${signalName}.`);
    this.signalName = signalName;
  }

  /**
   * Calls the listener at every further signal. As long as there is a listener, this process does not end at a further
   * signal: what it still waits for has to end first.
   * @returns what takes the listener away.
   */
  onInsistence(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Tells the listeners of a further signal; false when there are none. */
  insist(): boolean {
    for (const listener of this.#listeners) listener();
    return this.#listeners.size > 0;
  }
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP from now on.
 * @returns aborted with an {@link Interruption} at the first of them; who has other reasons to end may abort it, too. A
 * further signal ends this process at once, unless somebody listens for it.
 */
export function listenForSignals(): AbortController {
  const interruption = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      const { aborted, reason } = interruption.signal;
      if (!aborted) interruption.abort(new Interruption(name));
      else if (!(reason instanceof Interruption && reason.insist())) process.exit(exitCodeOfSignal(name));
    });
  }
  return interruption;
}
