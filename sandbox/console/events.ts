/**
 * `GET /_sandbox/events`: what the page shows, as server-sent events.
 * `reset` {}: forget all calls. `calls` [..]: new ones, oldest first, without headers and bodies.
 * `snapshot` { chain, faults, story }: all objects, fault rules, pull requests and pipelines as they are now.
 * An event's id is `<record>:<number of the last call>`; a browser sends it back when it connects again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Handler } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Call } from "../services/core/traffic.ts";
import type { Console } from "./console.ts";
import { maskCall } from "./masked-call.ts";
import { chainOverview } from "./overview.ts";
import { createPulse } from "./pulse.ts";
import { storySummary } from "./story.ts";

/** Calls that a page gets when it opens. */
const FIRST_CALLS = 500;
/** How long the services and the registry may change on their own before the page hears of it. */
const SAMPLE_MS = 700;
/** Calls that follow each other faster than this are sent together. */
const TOGETHER_MS = 60;
const RECONNECT_MS = 1000;

/** The route's handler. A stream ends when the browser leaves or the sandbox stops. */
export function eventRoute(control: Console): Handler {
  return (c) =>
    streamSSE(c, async (stream) => {
      const pulse = createPulse();
      const unwatch = control.traffic.watch(pulse.beat);
      control.stopping.addEventListener("abort", pulse.beat);
      stream.onAbort(pulse.beat);
      try {
        await follow(control, stream, lastSeen(c), pulse.next);
      } finally {
        unwatch();
        control.stopping.removeEventListener("abort", pulse.beat);
      }
    });
}

/** How far a page has read. */
interface Mark {
  readonly record: string;
  readonly number: number;
}

function lastSeen(c: Context): Mark {
  const [record = "", number] = (c.req.header("Last-Event-ID") ?? "").split(":");
  return { record, number: Number(number) || 0 };
}

async function follow(
  control: Console,
  stream: SSEStreamingApi,
  from: Mark,
  next: (withinMs: number) => Promise<void>,
): Promise<void> {
  let mark = from;
  let lastSnapshot = "";
  const isOpen = (): boolean => !stream.aborted && !control.stopping.aborted;
  while (isOpen()) {
    mark = await sendCalls(control, stream, mark);
    const snapshot = JSON.stringify({
      chain: await chainOverview(control),
      faults: control.faults.list(),
      story: storySummary(control.story(), control.masker),
    });
    if (snapshot !== lastSnapshot) await stream.writeSSE({ event: "snapshot", data: snapshot });
    lastSnapshot = snapshot;
    if (isOpen()) await next(SAMPLE_MS);
    if (isOpen()) await sleep(TOGETHER_MS);
  }
}

/** Sends what is new since the mark, and gives the new mark. */
async function sendCalls(control: Console, stream: SSEStreamingApi, mark: Mark): Promise<Mark> {
  const record = control.traffic.recordId();
  const isSameRecord = mark.record === record;
  if (!isSameRecord) await stream.writeSSE({ event: "reset", data: "{}", id: `${record}:0`, retry: RECONNECT_MS });
  const calls = control.traffic.list(isSameRecord ? mark.number : 0).slice(-FIRST_CALLS);
  const number = calls.at(-1)?.number ?? (isSameRecord ? mark.number : 0);
  if (calls.length > 0) {
    const data = JSON.stringify(calls.map((call) => lineOf(maskCall(control.masker, call))));
    await stream.writeSSE({ event: "calls", data, id: `${record}:${number}` });
  }
  return { record, number };
}

type CallLine = Omit<Call, "requestHeaders" | "requestBody" | "responseHeaders" | "responseBody">;

function lineOf({ requestHeaders, requestBody, responseHeaders, responseBody, ...line }: Call): CallLine {
  return line;
}
