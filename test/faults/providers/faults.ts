/** The faults of the own providers' table. */
import type { FaultRule } from "../../../sandbox/services/core/faults.ts";

/** A fault that one request meets. */
export interface Fault {
  readonly name: string;
  readonly action: FaultRule["action"];
  readonly when?: FaultRule["when"];
  /** Whether it means something only where a request has an effect. */
  readonly ofWrites?: boolean;
}

/** Longer than the silence that the plugins under test bear. */
const SILENCE_MS = 600_000;

const type = "text/html";
const PAGE = { status: 200, text: "<html><body>Down for maintenance</body></html>", type };
const EMPTY = { status: 200, text: "", type: "application/json" };

/** One that comes after the effect is of writes alone: a read has none. */
export const FAULTS: readonly Fault[] = [
  { name: "500 before", action: { status: 500 } },
  { name: "500 after", action: { status: 500 }, when: "after", ofWrites: true },
  { name: "502 HTML", action: { status: 502, text: "<html><body>Bad gateway</body></html>", type } },
  { name: "503 after", action: { status: 503 }, when: "after", ofWrites: true },
  { name: "cut before", action: { cut: true } },
  { name: "cut after", action: { cut: true }, when: "after", ofWrites: true },
  { name: "cut in the body", action: { cut: "body" } },
  { name: "truncated", action: { truncated: true } },
  { name: "HTML 200", action: PAGE },
  { name: "HTML 200 after", action: PAGE, when: "after", ofWrites: true },
  { name: "empty 200", action: EMPTY },
  { name: "empty 200 after", action: EMPTY, when: "after", ofWrites: true },
  { name: "401", action: { status: 401, body: { message: "Unauthorized" } } },
  { name: "404 on what exists", action: { status: 404, body: { message: "Not found" } } },
  { name: "429", action: { status: 429, body: { message: "Too many requests" } } },
  { name: "429 with Retry-After", action: { rateLimit: { retryAfterSeconds: 1 } } },
  { name: "silence before", action: { delayMs: SILENCE_MS } },
  { name: "silence after", action: { delayMs: SILENCE_MS }, when: "after", ofWrites: true },
  { name: "sent twice", action: { doubled: true }, ofWrites: true },
];
