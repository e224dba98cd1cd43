/** What a report says: plain data, the same for a preview, an update and drift, and for every way to show it. */
import type { ChangeOperation, ServiceReport } from "./change.ts";
import type { DriftDetails } from "./drift-details.ts";
import type { Danger, Diagnostic, Hidden, Live, LiveDomain, PolicyFinding } from "./findings.ts";

export type * from "./change.ts";
export type * from "./drift-details.ts";
export type * from "./findings.ts";

/**
 * What was run. The changes of a preview are what the next update would do, those of an update what it did, and those
 * of drift what somebody did at the services: an update there is an edit, a delete a deletion, and `up` would undo it.
 */
export type ReportOperation = "preview" | "up" | "drift";

/** The whole in one word or three; also the label of a pull request. */
export type Outcome = "no changes" | "changes" | "replaces or deletes" | "failed";

/** How many resources, by what happens to them. */
export type Counts = Readonly<Record<ChangeOperation, number>>;

/** The whole report. */
export interface Report {
  readonly operation: ReportOperation;
  readonly outcome: Outcome;
  readonly stack: string;
  /** Whether it was made from a snapshot without secrets. */
  readonly sealed: boolean;
  /** The sentence to read if only one is read. Plain text. */
  readonly headline: string;
  readonly counts: Counts;
  /** Every service that the stack has something at, in the order of the chain. */
  readonly changes: readonly ServiceReport[];
  readonly dangers: readonly Danger[];
  readonly policy: readonly PolicyFinding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly live: Live | undefined;
  /** The site's custom domains, as far as they are known; absent when it has none. */
  readonly domains?: readonly LiveDomain[];
  readonly hidden: Hidden;
  readonly durationSeconds: number | undefined;
  /** Drift only. */
  readonly drift?: DriftDetails;
}

/** What a report is about; the events do not tell. */
export interface ReportAbout {
  readonly operation: ReportOperation;
  /** As the user calls it, e.g. `prod`. */
  readonly stack: string;
  readonly sealed?: boolean;
  /** How many changes were planned for an update: one that fails reports only those that it came to. */
  readonly planned?: number;
  /** What a run that failed says is wrong (`errorsOf`); leave it out when the run ended well. */
  readonly failure?: string;
}
