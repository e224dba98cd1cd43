/** What `delivery release` tells the user. */
import { nameOf } from "../recover/exported-stack.ts";
import { planText } from "../recover/report.ts";
import { safeJson } from "../report/values/clean.ts";
import type { StateResource } from "../state/resources.ts";
import type { Released } from "./index.ts";
import type { Part } from "./parts.ts";

/** What goes on working without the part, and how. */
const AFTERWARDS: Readonly<Partial<Record<Part, string>>> = {
  errors:
    "To let the site report on, before the next `up`: npm run pulumi -- config set --path delivery:site.variables.SENTRY_DSN DSN",
};

/** What is to go, before it does. */
export function listText(part: Part, resources: readonly StateResource[]): string {
  const lines = objects(resources).map(({ urn, type, id }) => `  ${nameOf(urn)}  ${type}  ${id}\n`);
  return `\nThese leave the state, and stay where they are. delivery:${part} is set to off.\n${lines.join("")}`;
}

/** What was done. */
export function releasedText(part: Part, { resources, plan }: Released): string {
  const hint = AFTERWARDS[part];
  const done = `Released ${part}: ${objects(resources).length} objects are yours alone. Commit the stack's file.`;
  return `${done}\n${planText(plan)}\n${hint ? `${hint}\n` : ""}`;
}

/** The same for a program that reads it. */
export function releasedJson(part: Part, resources: readonly StateResource[], plan?: Released["plan"]): string {
  const released = objects(resources).map(({ urn, type, id }) => ({ urn, type, id }));
  return `${safeJson({ part, resources: released, ...(plan && { plan }) })}\n`;
}

/** What exists at a service; a component does not. */
function objects(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ id }) => id !== undefined);
}
