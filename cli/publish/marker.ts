/** The first line of a report's comment: hidden, and found again by the next run. */
import type { Outcome } from "../report/index.ts";

const OUTCOMES: readonly Outcome[] = ["no changes", "changes", "replaces or deletes", "failed"];
/** Only at the very start: what a report quotes further down marks nothing. */
const MARKER = /^<!-- delivery:report stack=(\S+) outcome=(\S+) -->/;

/** The line, without its end. */
export function markerLine(stack: string, outcome: Outcome): string {
  return `<!-- delivery:report stack=${encoded(stack)} outcome=${encoded(outcome)} -->`;
}

/** Whether a comment is the report of this stack. */
export function isReportOf(body: string, stack: string): boolean {
  return MARKER.exec(body)?.[1] === encoded(stack);
}

/** The outcome that a comment tells; undefined when it is no report. */
export function outcomeIn(body: string): Outcome | undefined {
  const written = MARKER.exec(body)?.[2];
  return OUTCOMES.find((outcome) => encoded(outcome) === written);
}

/** Two hyphens may not stand inside an HTML comment. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}
