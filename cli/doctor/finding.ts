/** What a check has found. */

/**
 * `ok`: in order. `warn`: works, but look at it. `problem`: `pulumi up` would fail, or do what is not wanted.
 * `not checked`: nobody could tell.
 */
export type Result = "ok" | "warn" | "problem" | "not checked";

/** One finding. Texts may hold what a service has answered: they are cleaned before they are shown. */
export interface Finding {
  readonly result: Result;
  readonly found: string;
  /** What to do; present with `warn` and `problem`. */
  readonly mend?: string;
  /** Id of the check that this one waits for: it could tell nothing while that is out of order. */
  readonly waitsFor?: string;
}

/** All is in order. */
export function ok(found: string): Finding {
  return { result: "ok", found };
}

/** It works, and there is something to look at. */
export function warn(found: string, mend: string): Finding {
  return { result: "warn", found, mend };
}

/** `pulumi up` would fail, or do what is not wanted. */
export function problem(found: string, mend: string): Finding {
  return { result: "problem", found, mend };
}

/** Why nobody could tell, and where a person may look. */
export function notChecked(found: string, mend?: string): Finding {
  return { result: "not checked", found, ...(mend !== undefined && { mend }) };
}

/** What a check can say while one that it builds on is out of order. */
export function waiting(needed: { readonly id: string; readonly title: string }): Finding {
  return { result: "not checked", found: `waits for: ${needed.title}`, waitsFor: needed.id };
}
