/** A report for a program. */
import type { Report } from "./report.ts";

/** Gives the documented object; it has no secret in it. */
export function jsonReport(report: Report): object {
  return report;
}
