/** A report for tests of what is done with one. */
import type { Report } from "../../../cli/report/index.ts";

/** A report that says no more than its outcome. */
export function plainReport(changes: Partial<Report> = {}): Report {
  return {
    operation: "preview",
    outcome: "changes",
    stack: "prod",
    sealed: false,
    headline: "1 change: updates the repository; nothing is replaced or deleted",
    counts: { create: 0, import: 0, update: 1, replace: 0, delete: 0, forget: 0 },
    changes: [],
    dangers: [],
    policy: [],
    diagnostics: [],
    live: undefined,
    hidden: { unchanged: 0, bookkeeping: 0, secrets: 0, order: 0, consequences: 0, internal: 0, defaults: 0 },
    durationSeconds: 2,
    ...changes,
  };
}
