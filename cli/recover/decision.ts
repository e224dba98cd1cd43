/** What is to be done about an interrupted operation. */
import type { PendingOperation } from "./exported-stack.ts";

interface Decided {
  readonly operation: PendingOperation;
  /** What the resource is, in words. */
  readonly what: string;
  /** Why, as a sentence. */
  readonly reason: string;
}

/** The create has made an object: it is taken into the state. */
export interface Import extends Decided {
  readonly action: "import";
  readonly id: string;
}

/** Nothing is to be taken into the state: the next `up` does what is left to do. */
export interface Clear extends Decided {
  readonly action: "clear";
}

/** The object is in the state, maybe not as it is now: it is read again. */
export interface Refresh extends Decided {
  readonly action: "refresh";
}

/** Only a person can tell. */
export interface Undecided extends Decided {
  readonly action: "ask";
  /** Import ids to choose from; `ID` stands for one that is not known. */
  readonly choices: readonly string[];
}

export type Decision = Import | Clear | Refresh | Undecided;

/** What the user has said about resources, by URN: the id to import, or that there is nothing to import. */
export type Answers = ReadonlyMap<string, { readonly importId: string } | "clear">;
