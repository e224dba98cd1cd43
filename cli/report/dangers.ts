/** What holds data and is replaced or deleted. */
import { kindOf } from "./catalogue/index.ts";
import type { Danger, ReportAbout, ResourceChange } from "./report.ts";
import type { ResourceStep } from "./steps.ts";
import { cleanText } from "./values/clean.ts";

/** The danger in a change; undefined when nothing is lost by it. */
export function dangerOf(step: ResourceStep, change: ResourceChange, about: ReportAbout): Danger | undefined {
  const { operation } = change;
  const kind = kindOf(step.type);
  if (kind.loss === undefined) return undefined;
  if (operation !== "replace" && operation !== "delete" && operation !== "forget") return undefined;
  const isDrift = about.operation === "drift";
  return {
    urn: cleanText(step.urn),
    kind: kind.service === "Other" || kind.service === "Image" ? kind.kind : `${kind.service} ${kind.kind}`,
    label: change.label,
    operation: isDrift ? "deleted outside" : operation,
    loss: kind.loss,
    saved: isDrift ? "nothing" : savedBy(step),
    causes: change.properties.filter(({ replaces }) => replaces).map(({ path }) => path),
  };
}

/** What the state says counts, not what the program declares now. */
function savedBy({ old }: ResourceStep): Danger["saved"] {
  if (old?.protect) return "protect";
  return old?.retainOnDelete ? "retain" : "nothing";
}

/** The name of what goes with all that the site's users have put into it, unless it is kept or the run spared it. */
export function lostData(step: ResourceStep, change: ResourceChange, about: ReportAbout): string[] {
  const danger = dangerOf(step, change, about);
  const isLost = danger?.saved === "nothing" && danger.operation !== "forget" && change.progression !== "failed";
  return isLost && kindOf(step.type).holdsUsersData ? [`${danger.kind} ${danger.label}`] : [];
}
