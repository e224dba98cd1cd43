/** How the plugin paces itself: one request at a time, and a wait after each write ("Best practices for integrators"). */
import { setTimeout as delay } from "node:timers/promises";
import type { GitHubConfiguration } from "./configuration.ts";

/** Lets requests pass one after the other, each after the wait that the one before it earned. */
export class Pacing {
  readonly #configuration: GitHubConfiguration;
  #last: Promise<void> = Promise.resolve();
  #owedMs = 0;

  constructor(configuration: GitHubConfiguration) {
    this.#configuration = configuration;
  }

  /** Runs `send` when it is its turn. Rejects when `signal` is aborted while it waits. */
  async take<T>(method: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    if (this.#configuration.parallelRequests) return send();
    const turn = this.#last;
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    this.#last = done;
    try {
      await turn;
      if (this.#owedMs > 0) await delay(this.#owedMs, undefined, { signal });
      this.#owedMs = method === "GET" ? this.#configuration.readDelayMs : this.#configuration.writeDelayMs;
      return await send();
    } finally {
      finish();
    }
  }
}
