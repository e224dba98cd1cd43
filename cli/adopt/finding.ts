/** What one service was found to have of the chain. */

/** A setting of the stack's file that describes what was found. */
export interface Setting {
  /** Its key below `delivery:`, or `github:owner`. */
  readonly key: string;
  /** Undefined takes the key out of the file: its default says the same. */
  readonly value: unknown;
  /** A few words that stand beside it in the file. */
  readonly note?: string;
}

/** A value that a service keeps to itself. */
export interface Masked {
  /** What holds it: `CircleCI's context site-production`. */
  readonly holder: string;
  readonly name: string;
  /** As much of it as the service shows. */
  readonly shown?: string | undefined;
  /** What becomes of it, and how it is entered when the chain is to have it. */
  readonly advice: string;
}

/** A part of the chain, as a service has it. */
export interface Finding {
  /** Where it is: `GitHub acme/site`; undefined when there is nothing. */
  readonly place: string | undefined;
  readonly settings: readonly Setting[];
  /** What `pulumi import` takes, by the logical name of the resource in the program. */
  readonly ids: Readonly<Record<string, string>>;
  readonly masked: readonly Masked[];
  /** What was found besides and is left alone, a sentence each. */
  readonly notes: readonly string[];
}

/** Begins the note beside a part that adoption has turned off: without it, `off` is the team's decision. */
export const OFF_BY_ADOPTION = "adopt: ";

/** The finding of a part that does not exist, or is left out. */
export function nothing(part: string, reason: string): Finding {
  const note = `${OFF_BY_ADOPTION}${reason}`;
  return { place: undefined, settings: [{ key: part, value: "off", note }], ids: {}, masked: [], notes: [] };
}
