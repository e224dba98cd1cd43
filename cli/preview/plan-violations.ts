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

/** The events with one message in the place of all of them. */
export function rewordedViolations(events: readonly EngineEvent[], message: string): EngineEvent[] {
  const isViolation = ({ diagnosticEvent }: EngineEvent): boolean => VIOLATION.test(diagnosticEvent?.message ?? "");
  const first = events.find(isViolation);
  return events.flatMap((event) => {
    if (event === first && event.diagnosticEvent)
      return { ...event, diagnosticEvent: { message, severity: "error", ephemeral: false } };
    return isViolation(event) ? [] : event;
  });
}
