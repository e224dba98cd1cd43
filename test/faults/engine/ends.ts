/** How cases of the engine's tables end, in the words of the report. */
import type { EngineRow } from "./run-table.ts";

/** In the order of the report. */
export const ENGINE_ENDS = ["at once", "advice", "named", "vendor", "wrong"] as const;
export type EngineEnd = (typeof ENGINE_ENDS)[number];

/**
 * `at once`: the disturbed run coped. `advice`: it converged by what was advised. `named`: so, and a person had to name
 * what is theirs. `vendor`: a vendor's plugin has made an object twice, and `recover` names it. `wrong`: not explained.
 */
export function endOf({ problem, commands }: EngineRow): EngineEnd {
  if (problem !== undefined) return "wrong";
  if (commands.length === 0) return "at once";
  if (commands.at(-1) === "delete of the double") return "vendor";
  return commands.some((command) => command.endsWith("named")) ? "named" : "advice";
}
