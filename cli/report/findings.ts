/** What a report says besides the changes themselves. */

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
  /** `info`: what the program notes of a run, as that git ignores a file which becomes part of the image. */
  readonly severity: "error" | "warning" | "info";
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

/** A custom domain of the site. */
export interface LiveDomain {
  readonly name: string;
  /** Whether Render has seen its DNS point to the site. */
  readonly isVerified: boolean;
  /** The records to set in its DNS, as its provider's form takes them. */
  readonly records: readonly string[];
}
