/** What a check is made of. */
import type { Configuration, PartOf } from "../../infra/config.ts";
import type { PartName } from "../../infra/parts.ts";
import type { Reader } from "../services/reader.ts";
import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";

/** Where a check looks, in the order of the table. */
export const AREAS = ["Here", "GitHub", "CircleCI", "Sentry", "Render", "Registry"] as const;
export type Area = (typeof AREAS)[number];

/** Readers of the services, each with the token of the environment. Asking for one without its token throws. */
export interface Readers {
  readonly github: () => Reader;
  readonly circleci: () => Reader;
  readonly sentry: () => Reader;
  readonly render: () => Reader;
}

/** What a check has to work with. */
export interface CheckContext {
  readonly facts: Facts;
  readonly readers: Readers;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the command ends, or the check has taken too long. */
  readonly signal: AbortSignal;
}

/** One check. It reads, and changes nothing anywhere. */
export interface Check {
  readonly id: string;
  readonly area: Area;
  /** What it is about, as the table names it. */
  readonly title: string;
  /** What it asks for, by which request; docs/doctor.md lists it. */
  readonly asks: string;
  /** What it calls out of order, for docs/doctor.md. */
  readonly finds: string;
  /** Checks without whose success this one could not tell anything. */
  readonly needs?: readonly string[];
  /** Whether it is about this stack at all. By default it is. */
  applies?(facts: Facts): boolean;
  /** An error counts as a problem, with its message. */
  run(context: CheckContext): Promise<Finding | readonly Finding[]>;
}

/** A check of one part's settings; it applies when the part is on, and needs a valid configuration. */
export interface PartCheck<Name extends PartName> extends Omit<Check, "applies" | "run"> {
  /** Whether it is about this stack, whose part is on. */
  applies?(settings: PartOf<Name>, configuration: Configuration): boolean;
  run(
    settings: PartOf<Name>,
    context: CheckContext & { readonly configuration: Configuration },
  ): ReturnType<Check["run"]>;
}

/** Makes a check of a part's settings. */
export function partCheck<Name extends PartName>(part: Name, check: PartCheck<Name>): Check {
  return {
    ...check,
    needs: ["configuration", ...(check.needs ?? [])],
    applies({ configuration, parts }) {
      const settings = configuration?.[part] as PartOf<Name> | undefined;
      if (!configuration || !settings) return configuration === undefined && parts[part] !== "off";
      return check.applies?.(settings, configuration) ?? true;
    },
    async run(context) {
      const { configuration } = context.facts;
      const settings = configuration?.[part] as PartOf<Name> | undefined;
      if (!configuration || !settings) throw new Error(`The settings of ${part} are not known.`);
      return check.run(settings, { ...context, configuration });
    },
  };
}
