/** A report for a program. */
import type { Report } from "./report.ts";

/** Version of the object; raised when a field is removed or means something else. */
const VERSION = 1;

/**
 * Gives the object that docs/previews.md describes. What is not known yet is null; a secret's value is nowhere in it.
 */
export function jsonReport(report: Report): object {
  const { live, durationSeconds, ...rest } = report;
  const facts = Object.entries(live ?? {}).map(([name, fact]) => [
    name,
    { before: null, ...fact, value: fact?.value ?? null },
  ]);
  return {
    reportVersion: VERSION,
    ...rest,
    live: live ? Object.fromEntries(facts) : null,
    durationSeconds: durationSeconds ?? null,
  };
}
