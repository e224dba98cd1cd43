/** What resources are called in a report of drift. */
import type { Step } from "../engine-events/index.ts";
import { kindOf } from "../report/catalogue/index.ts";
import type { Service } from "../report/index.ts";
import { labelOf, nounOf, titleOf } from "../report/resource-change.ts";
import type { ResourceStep } from "../report/steps.ts";
import type { Reading } from "./readings.ts";

/** A resource in its service's own words. */
export interface Described {
  readonly urn: string;
  readonly service: Service;
  /** With the service where the word alone would not do: `Sentry key`. */
  readonly kind: string;
  readonly label: string;
  /** Kind and label. */
  readonly title: string;
}

/** Describes what was read. */
export function described({ urn, type, remembered, found }: Reading): Described {
  return inWords({ urn, type, old: remembered, new: found, operation: "same" });
}

/** Describes what a step is about. */
export function describedStep({ urn, type, old, new: made }: Step): Described {
  return inWords({ urn, type, old: old ?? undefined, new: made ?? undefined, operation: "update" });
}

function inWords(about: Omit<ResourceStep, "progression" | "differences">): Described {
  const kind = kindOf(about.type);
  const step: ResourceStep = { ...about, progression: "planned", differences: {} };
  const { urn } = about;
  return { urn, service: kind.service, kind: nounOf(kind), label: labelOf(step, kind), title: titleOf(step) };
}
