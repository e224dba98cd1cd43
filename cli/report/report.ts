/** What a report says: plain data, the same for a preview, an update and drift, and for every way to show it. */

/**
 * What was run. The changes of a preview are what the next update would do, those of an update what it did, and those
 * of drift what somebody did at the services: an update there is an edit, a delete a deletion, and `up` would undo it.
 */
export type ReportOperation = "preview" | "up" | "drift";

/** The whole in one word or three; also the label of a pull request. */
export type Outcome = "no changes" | "changes" | "replaces or deletes" | "failed";

/** Where a change happens, in the order of the chain. */
export type Service = "GitHub" | "CircleCI" | "Image" | "Render" | "Sentry" | "Other";

/** What happens to a resource. `forget`: it leaves the stack and goes on existing. */
export type ChangeOperation = "create" | "import" | "update" | "replace" | "delete" | "forget";

/** How much a reader has to care; what is of low importance is folded and shortened first. */
export type Importance = "high" | "medium" | "low";

/** How far a change has come. `begun`: the run ended before the service's answer, so nobody knows. */
export type Progression = "planned" | "done" | "failed" | "begun";

/** A value on one side of a change. A secret's value is never here. */
export type Side =
  | { readonly state: "absent" }
  | { readonly state: "secret" }
  /** Known only once the change is made. */
  | { readonly state: "unknown" }
  | { readonly state: "known"; readonly value: unknown };

/** One property, before and after. */
export interface PropertyChange {
  /** e.g. `rules.pullRequest.requiredApprovingReviewCount` or `teams[0]`. */
  readonly path: string;
  readonly before: Side;
  readonly after: Side;
  /** Whether the resource is replaced because of it. */
  readonly replaces: boolean;
}

/** One resource that changes. */
export interface ResourceChange {
  readonly urn: string;
  /** The engine's type, e.g. `render:index:WebService`. */
  readonly type: string;
  /** The type in the service's own words, e.g. `web service`. */
  readonly kind: string;
  /** The logical name, e.g. `site`. */
  readonly name: string;
  /** What it is called at the service, e.g. `site-production`; the logical name when that is not known. */
  readonly label: string;
  readonly operation: ChangeOperation;
  readonly progression: Progression;
  /** What it means, most important first, e.g. `tightens reviews: 2 approvals, before 1`. */
  readonly meanings: readonly string[];
  readonly importance: Importance;
  /** In drift, `before` is what the program declares and `after` what the service has. */
  readonly properties: readonly PropertyChange[];
  /** URN of the change that this one only serves: an image that is built is part of its deploy. */
  readonly partOf?: string;
}

/** A service that the stack has something at, changed or not. */
export interface ServiceReport {
  readonly service: Service;
  readonly changes: readonly ResourceChange[];
  /** How many of its resources stay as they are. */
  readonly unchanged: number;
}

/** Something that holds data and is replaced or deleted. */
export interface Danger {
  readonly urn: string;
  readonly kind: string;
  readonly label: string;
  /** `deleted outside`: drift found it gone; `up` makes a new one, without what the old one held. */
  readonly operation: "replace" | "delete" | "forget" | "deleted outside";
  /** What is lost, as a sentence. */
  readonly loss: string;
  /** What stands between the change and the loss. `protect`: the engine refuses; `retain`: it is left at the service. */
  readonly saved: "protect" | "retain" | "nothing";
  /** The properties that make it necessary. */
  readonly causes: readonly string[];
}

/** What was left out, and how often. */
export interface Hidden {
  /** Resources that stay as they are. */
  readonly unchanged: number;
  /** Properties that a provider keeps for itself: etags, hashes, times. */
  readonly bookkeeping: number;
  /** Secrets that are the same as before. */
  readonly secrets: number;
  /** Lists whose order alone changed, where it means nothing. */
  readonly order: number;
  /** Outputs that are unknown, or follow, because something else changes. */
  readonly consequences: number;
  /** Default providers and components, which are nothing at a service. */
  readonly internal: number;
  /** Drift only: values that a provider filled in by itself. */
  readonly defaults: number;
}

/** A finding of the policy pack. */
export interface PolicyFinding {
  /** A mandatory one fails the run. */
  readonly level: "mandatory" | "advisory";
  readonly policy: string;
  readonly pack: string;
  readonly message: string;
  readonly urn?: string;
  /** `kind label` of the resource. */
  readonly resource?: string;
  /** Why the pack lets it pass; it is advice then. */
  readonly exception?: string;
}

/** What the engine or a provider says besides. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Without colours and control characters. */
  readonly message: string;
  readonly urn?: string;
  readonly resource?: string;
  /** How often it was said. */
  readonly times: number;
}

/** One fact about what runs. */
export interface LiveValue {
  /** Undefined: known only after the run. */
  readonly value: string | undefined;
  /** What it is now, when that is another. */
  readonly before?: string;
}

/** What runs once the change is made: after `up`, what runs. */
export interface Live {
  readonly url?: LiveValue;
  readonly tag?: LiveValue;
  readonly digest?: LiveValue;
}

/** How many resources, by what happens to them. */
export type Counts = Readonly<Record<ChangeOperation, number>>;

/** One value that was changed at a service, and that `up` would leave as it is. */
export interface LeftAlone {
  readonly urn: string;
  readonly service: Service;
  readonly kind: string;
  readonly label: string;
  /** e.g. `image`. */
  readonly path: string;
  /** As the last `up` or refresh left it. */
  readonly before: Side;
  /** As the service has it now. */
  readonly after: Side;
  /** Why `up` leaves it, or what to do instead; a sentence. */
  readonly reason: string;
  /** Whether it counts as drift all the same: the chain does not work as declared, and `up` would not mend it. */
  readonly isDrift: boolean;
}

/** A service whose answers could not be had or trusted. */
export interface UnreadService {
  readonly service: Service;
  /** What is wrong and what to do, as sentences. */
  readonly problem: string;
}

/** What a comparison with the services found besides what `up` would put back. */
export interface DriftDetails {
  readonly leftAlone: readonly LeftAlone[];
  /** What could not be compared, and what makes a deletion doubtful; as sentences. */
  readonly notes: readonly string[];
  readonly unread: readonly UnreadService[];
  /** The program's own changes that no `up` has made yet, as `kind label`; they are no drift. */
  readonly pending: readonly string[];
}

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
  /** What a run that failed says is wrong (`errorsOf`); leave it out when the run ended well. */
  readonly failure?: string;
}
