/** The live connection to the sandbox. */

const RETRY_MS = 2000;

/**
 * Follows `/_sandbox/events` for as long as the page is open, and connects again whenever the connection ends.
 * @param {{ reset(): void, calls(calls: object[]): void, snapshot(snapshot: object): void, state(live: boolean): void }} listener
 */
export function follow(listener) {
  const source = new EventSource("/_sandbox/events");
  source.addEventListener("open", () => listener.state(true));
  source.addEventListener("reset", () => listener.reset());
  source.addEventListener("calls", (event) => listener.calls(JSON.parse(event.data)));
  source.addEventListener("snapshot", (event) => listener.snapshot(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    listener.state(false);
    // After a dropped connection the browser connects again by itself, after a refusal it does not.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(listener), RETRY_MS);
  });
}
