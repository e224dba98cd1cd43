/** A report of drift: what was done at the services, what is only noise, and what could not be compared. */
import type { EngineEvent } from "../engine-events/index.ts";
import {
  type DriftDetails,
  type LeftAlone,
  type Report,
  type ResourceChange,
  reportOf,
  type Side,
} from "../report/index.ts";
import { cleanText } from "../report/values/clean.ts";
import { sideOf } from "../report/values/marker.ts";
import { described } from "./described.ts";
import { driftHeadline } from "./headline.ts";
import type { Judgement } from "./judge.ts";
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
      changes: service.changes.map((change) => withTime(withoutSecrets(change), judgements)),
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

/** When it was done, where the service tells. */
function withTime(change: ResourceChange, judgements: readonly Judgement[]): ResourceChange {
  const { remembered, found } = judgements.find(({ reading }) => reading.urn === change.urn)?.reading ?? {};
  const written = found?.outputs["updatedAt"];
  if (typeof written !== "string" || written === remembered?.outputs["updatedAt"]) return change;
  return { ...change, meanings: [...change.meanings, `last written at ${cleanText(written)}`] };
}

function withoutSecrets(change: ResourceChange): ResourceChange {
  return { ...change, properties: change.properties.map((one) => ({ ...one, ...alike(one) })) };
}

/** A value that is a secret on one side is none of a reader's business on the other. */
function alike({ before, after }: Pick<LeftAlone, "before" | "after">): Pick<LeftAlone, "before" | "after"> {
  const isSecret = before.state === "secret" || after.state === "secret";
  const hide = (side: Side): Side => (isSecret && side.state === "known" ? { state: "secret" } : side);
  return { before: hide(before), after: hide(after) };
}

function isAboutTheRun({ diagnosticEvent, summaryEvent }: EngineEvent): boolean {
  return diagnosticEvent !== undefined || summaryEvent !== undefined;
}

function placeOf(reading: Judgement["reading"]): Pick<LeftAlone, "urn" | "service" | "kind" | "label"> {
  const { urn, service, kind, label } = described(reading);
  return { urn, service, kind, label };
}

function leftAlone({ reading, untouched }: Judgement): LeftAlone[] {
  return untouched.map(({ path, before, after, reason, isDrift }) => ({
    ...placeOf(reading),
    path: cleanText(path),
    ...alike({ before: sideOf(before), after: sideOf(after) }),
    reason,
    isDrift,
  }));
}

function sum(judgements: readonly Judgement[], count: (judgement: Judgement) => number): number {
  return judgements.reduce((total, judgement) => total + count(judgement), 0);
}
