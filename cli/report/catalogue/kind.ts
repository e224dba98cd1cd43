/** What a report knows about a type of resource. */
import type { ChangeOperation, Service } from "../report.ts";
import type { Meaning } from "./meaning.ts";
import type { Rule } from "./rule.ts";

/** One type of resource, in its service's own words. */
export interface ResourceKind {
  readonly service: Service;
  /** What it is called there, e.g. `web service`. */
  readonly kind: string;
  /** Properties that hold its name there; the first one that is known counts. */
  readonly labels: readonly string[];
  /** The name as a person says it, where the property holds more. */
  readonly shown?: (label: string) => string;
  /** What is lost with it, as a sentence, when it holds data. */
  readonly loss?: string;
  /** Whether that is what the site keeps for its users, so that a report begins with it. */
  readonly holdsUsersData?: true;
  /** Lists whose order means nothing. */
  readonly unordered?: readonly string[];
  /** Properties that the provider keeps for itself. */
  readonly bookkeeping?: readonly string[];
  /** Properties that only follow another one of the resource, by that one's path. */
  readonly follows?: Readonly<Record<string, string>>;
  /** Properties that are secret however they are written; `*` is any one name. */
  readonly secrets?: readonly string[];
  /** Whether a property only seems to differ from what is wanted: its plugin reads it wrongly, as the outputs tell. */
  readonly misread?: (path: string, wanted: unknown, outputs: Readonly<Record<string, unknown>>) => boolean;
  /** Outputs that are somebody's doing when they differ, though the program declares none of them. */
  readonly watched?: readonly string[];
  readonly rules?: readonly Rule[];
  /** What it means that one comes or goes, where the plain words do not say it. */
  readonly says?: Readonly<Partial<Record<ChangeOperation, (label: string) => Meaning>>>;
}
