/** Two runs of a table with different seeds. */
import { endOf } from "./ends.ts";
import type { EngineRow } from "./run-table.ts";

/** What they have in common. */
export interface Comparison {
  /** Cases that both have run. */
  readonly common: number;
  /** Those of them that ended otherwise in the other run, with both ends. */
  readonly differing: readonly string[];
  /** Cases that only one of them has run. */
  readonly only: number;
  /** Ends of either that are not explained. */
  readonly unexplained: number;
}

/** Compares the ends of cases by name. */
export function compared(one: readonly EngineRow[], other: readonly EngineRow[]): Comparison {
  const ends = new Map(other.map((row) => [row.case, endOf(row)]));
  const common = one.filter((row) => ends.has(row.case));
  return {
    common: common.length,
    differing: common.flatMap((row) => {
      const [first, second] = [endOf(row), ends.get(row.case)];
      return first === second ? [] : [`${row.case}: ${first}, then ${second}`];
    }),
    only: one.length + other.length - 2 * common.length,
    unexplained: [...one, ...other].filter((row) => endOf(row) === "wrong").length,
  };
}

/** Whether two runs agree: no end that is not explained, and the same end of what both have run. */
export function agree({ differing, unexplained }: Comparison): boolean {
  return differing.length === 0 && unexplained === 0;
}
