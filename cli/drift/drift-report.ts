/** A report of drift: what was done at the services, what is only noise, and what could not be compared. */
import type { EngineEvent } from "../engine-events/index.ts";
import { type DriftDetails, type Report, type ResourceChange, reportOf } from "../report/index.ts";
import { cleanText } from "../report/values/clean.ts";
import { driftHeadline } from "./headline.ts";
import type { Judgement } from "./judge.ts";
import { alike, leftAlone } from "./left-alone.ts";
import { outsideEvents } from "./outside-events.ts";

/** What the report is made of. */
export interface DriftFindings extends Pick<DriftDetails, "notes" | "unread" | "pending"> {
  readonly stack: string;
  readonly judgements: readonly Judgement[];
  /** Diagnostics and the summary of the comparison. */
  readonly events: readonly EngineEvent[];
}

/** Makes it. It failed when a service could not be compared, whatever the others say. */
export function driftReport({ stack, judgements, events, ...details }: DriftFindings): Report {
  const outside = [...outsideEvents(judgements), ...events.filter(isAboutTheRun)];
  const report = reportOf(outside, { operation: "drift", stack, sealed: false });
  const drift: DriftDetails = { ...details, leftAlone: judgements.flatMap(leftAlone) };
  const isBroken = drift.leftAlone.some(({ isDrift }) => isDrift);
  return {
    ...report,
    changes: report.changes.map((service) => ({
      ...service,
      changes: service.changes.map((change) => told(change, judgements)),
    })),
    outcome:
      drift.unread.length > 0 ? "failed" : isBroken && report.outcome === "no changes" ? "changes" : report.outcome,
    headline: driftHeadline(report, drift),
    hidden: {
      ...report.hidden,
      bookkeeping: report.hidden.bookkeeping + sum(judgements, ({ bookkeeping }) => bookkeeping),
      defaults: report.hidden.defaults + sum(judgements, ({ defaults }) => defaults),
    },
    drift,
  };
}

/** The change without values that are secret on the other side, and with the time of it where the service tells. */
function told(change: ResourceChange, judgements: readonly Judgement[]): ResourceChange {
  const properties = change.properties.map((one) => ({ ...one, ...alike(one) }));
  const { remembered, found } = judgements.find(({ reading }) => reading.urn === change.urn)?.reading ?? {};
  const written = found?.outputs["updatedAt"];
  if (typeof written !== "string" || written === remembered?.outputs["updatedAt"]) return { ...change, properties };
  const [last = "changed", ...others] = change.meanings.toReversed();
  const meanings = [...others.toReversed(), `${last} (last written at ${cleanText(written)})`];
  return { ...change, properties, meanings };
}

function isAboutTheRun({ diagnosticEvent, summaryEvent }: EngineEvent): boolean {
  return diagnosticEvent !== undefined || summaryEvent !== undefined;
}

function sum(judgements: readonly Judgement[], count: (judgement: Judgement) => number): number {
  return judgements.reduce((total, judgement) => total + count(judgement), 0);
}
