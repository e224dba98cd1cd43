/** The engine's own refusals to do what its plan does not hold. */
import type { EngineEvent } from "../engine-events/index.ts";
import { nameOf } from "../recover/exported-stack.ts";

const VIOLATION = /^resource (\S+) violates plan: (.*)/s;
/** Names of properties; the values, which stand behind each, are for nobody's log. */
const PROPERTY = /(?:^|, )(?:\+\+|--|~~)([\w.]+)\[/g;

/** Which resources it refused, and what of them, a phrase each. */
export function planViolations(events: readonly EngineEvent[]): string[] {
  return events.flatMap((event) => {
    const [, urn, reason = ""] = VIOLATION.exec(event.diagnosticEvent?.message ?? "") ?? [];
    if (urn === undefined) return [];
    const properties = [...reason.replace(/^properties changed: /, "").matchAll(PROPERTY)].map(([, name]) => name);
    return [`${nameOf(urn)}${properties.length > 0 ? ` (${properties.join(", ")})` : ""}`];
  });
}

/** The events without them. */
export function withoutViolations(events: readonly EngineEvent[]): EngineEvent[] {
  return events.filter(({ diagnosticEvent }) => !VIOLATION.test(diagnosticEvent?.message ?? ""));
}
