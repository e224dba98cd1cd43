/** What a change means, in words: a verb that can be told as a plan or as done, and the rest. */
import type { Importance } from "../report.ts";

/** Verbs of meanings with their past. */
const PAST = {
  adds: "added",
  allows: "allowed",
  archives: "archived",
  builds: "built",
  changes: "changed",
  creates: "created",
  deletes: "deleted",
  deploys: "deployed",
  follows: "followed",
  forbids: "forbade",
  forgets: "forgot",
  imports: "imported",
  leaves: "left",
  loosens: "loosened",
  lowers: "lowered",
  makes: "made",
  moves: "moved",
  protects: "protected",
  raises: "raised",
  removes: "removed",
  renames: "renamed",
  repairs: "repaired",
  replaces: "replaced",
  rotates: "rotated",
  scales: "scaled",
  sets: "set",
  starts: "started",
  stops: "stopped",
  switches: "switched",
  tightens: "tightened",
  unarchives: "unarchived",
  unprotects: "unprotected",
} as const;

/** A verb in the third person. */
export type Verb = keyof typeof PAST;

/** One thing that a change means. */
export interface Meaning {
  readonly verb: Verb;
  /** What follows the verb. */
  readonly text: string;
  /** What a reader in a hurry can do without. */
  readonly detail?: string;
  readonly importance: Importance;
}

/** A meaning of high importance: security, money, what people see, what data hangs on. */
export const high = (verb: Verb, text: string, detail?: string): Meaning => meaning(verb, text, detail, "high");

/** A meaning of medium importance: how the chain works. */
export const medium = (verb: Verb, text: string, detail?: string): Meaning => meaning(verb, text, detail, "medium");

/** A meaning of low importance: what can wait until somebody looks. */
export const low = (verb: Verb, text: string, detail?: string): Meaning => meaning(verb, text, detail, "low");

function meaning(verb: Verb, text: string, detail: string | undefined, importance: Importance): Meaning {
  return { verb, text, importance, ...(detail !== undefined && { detail }) };
}

/** The words, as a plan or as what has happened. */
export function meaningText({ verb, text, detail }: Meaning, happened: boolean): string {
  return `${happened ? PAST[verb] : verb} ${text}${detail === undefined ? "" : `: ${detail}`}`;
}

const ORDER: readonly Importance[] = ["high", "medium", "low"];

/** For sorting: what is more important comes first. */
export function byImportance(one: { importance: Importance }, other: { importance: Importance }): number {
  return ORDER.indexOf(one.importance) - ORDER.indexOf(other.importance);
}

/** The highest importance among several; low without any. */
export function highest(all: readonly { importance: Importance }[]): Importance {
  return ORDER.find((importance) => all.some((one) => one.importance === importance)) ?? "low";
}
