/** From the engine's events to a report. */
import type { EngineEvent } from "../engine-events/index.ts";
import type { Report, ReportAbout } from "./report.ts";

/** Reads what a run would do, or did, out of its events. */
export function reportOf(_events: readonly EngineEvent[], about: ReportAbout): Report {
  throw new Error(`No report of ${about.stack}.`);
}
