/** Changes, as a report has them. */

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
