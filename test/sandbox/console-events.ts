/** The console's event stream, as a test reads it. */
import type { ChainLink } from "../../sandbox/console/overview.ts";
import type { ActiveFault } from "../../sandbox/services/core/faults.ts";
import type { Call } from "../../sandbox/services/core/traffic.ts";
import type { ServicesUnderTest } from "./core-client.ts";

/** One server-sent event. */
export interface StreamEvent {
  readonly event: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: its form depends on the event.
  readonly data: any;
}

/** Everything as it is at one moment. */
export interface Snapshot {
  readonly chain: readonly ChainLink[];
  readonly faults: readonly ActiveFault[];
}

const DEADLINE_MS = 5000;

/**
 * Reads events until one is what is wanted, and gives all up to it.
 * Rejects when the stream ends or five seconds pass before that.
 */
export async function readEvents(
  { running }: ServicesUnderTest,
  isLast: (event: StreamEvent) => boolean,
  headers: Record<string, string> = {},
): Promise<StreamEvent[]> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(`${running.console.baseUrl}/_sandbox/events`, { headers, signal });
  const events: StreamEvent[] = [];
  let buffered = "";
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (buffered + text).split("\n\n");
    buffered = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parse(block);
      events.push(event);
      if (isLast(event)) return events;
    }
  }
  throw new Error(`The stream ended after ${events.map(({ event }) => event).join(", ")}.`);
}

/** The first snapshot that is as wanted. */
export async function nextSnapshot(
  world: ServicesUnderTest,
  wanted: (snapshot: Snapshot) => boolean,
): Promise<Snapshot> {
  const events = await readEvents(world, ({ event, data }) => event === "snapshot" && wanted(data));
  return events.at(-1)?.data;
}

/** The calls that the events carry. */
export function callsOf(events: readonly StreamEvent[]): Call[] {
  return events.filter(({ event }) => event === "calls").flatMap(({ data }) => data);
}

function parse(block: string): StreamEvent {
  const lines = block.split("\n").map((line): [string, string] => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const { event = "message", id, data = "null" } = Object.fromEntries(lines);
  return { event, ...(id !== undefined && { id }), data: JSON.parse(data) };
}
