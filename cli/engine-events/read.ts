/** The text of an event log as events. */
import { jsonIn } from "../../lib/json-text.ts";
import { UserError } from "../user-error.ts";
import { type EngineEvent, engineEventSchema } from "./event.ts";

/** Lines for the engine's own developers: no report has a use for them, and they print values. */
const DEBUG = "debug";

/**
 * Reads JSON lines. The last one may be cut off, when the engine was killed while it wrote.
 * @throws UserError when another line is not an event of the engine that this project was written for.
 */
export function readEvents(log: string): EngineEvent[] {
  const lines = log.split("\n");
  const complete = lines.slice(0, -1).filter(Boolean);
  const events = complete.map((line, index) => {
    const parsed = engineEventSchema.safeParse(jsonIn(line));
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    throw new UserError(
      `Line ${index + 1} of the engine's event log is not what this version of delivery knows (${where}).`,
      "Use the engine's version that `npx --no delivery engine` names.",
    );
  });
  return events.filter(({ diagnosticEvent }) => diagnosticEvent?.severity !== DEBUG);
}
