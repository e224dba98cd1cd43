/** What `delivery release` tells the user. */
import { type PartName, partFacts } from "../../infra/parts.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { planText } from "../recover/report.ts";
import { safeJson } from "../report/values/clean.ts";
import type { StateResource } from "../state/resources.ts";
import type { Released } from "./index.ts";

/** What is to go, before it does. */
export function listText(part: PartName, resources: readonly StateResource[]): string {
  const lines = objects(resources).map(({ urn, type, id }) => `  ${nameOf(urn)}  ${type}  ${id}\n`);
  return `\nThese leave the state, and stay where they are. delivery:${part} is set to off.\n${lines.join("")}`;
}

/** What was done. */
export function releasedText(part: PartName, { resources, plan }: Released): string {
  const hint = partFacts(part).afterLeaving;
  const done = `Released ${part}: ${objects(resources).length} objects are yours alone. Commit the stack's file.`;
  return `${done}\n${planText(plan)}\n${hint ? `${hint}\n` : ""}`;
}

/** The same for a program that reads it. */
export function releasedJson(part: PartName, resources: readonly StateResource[], plan?: Released["plan"]): string {
  const released = objects(resources).map(({ urn, type, id }) => ({ urn, type, id }));
  return `${safeJson({ part, resources: released, ...(plan && { plan }) })}\n`;
}

/** What exists at a service; a component does not. */
function objects(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ id }) => id !== undefined);
}
