/** Two runs of a table with different seeds. */
import { type EngineEnd, endOf } from "./ends.ts";
import type { EngineRow } from "./run-table.ts";

/** What they have in common. */
export interface Comparison {
  /** Cases that both have run. */
  readonly common: number;
  /** Those of them that ended otherwise in the other run, with both ends. */
  readonly differing: readonly string[];
  /** How many of these are told apart only by whether a person had to name what is theirs. */
  readonly byOthers: number;
  /** Cases that only one of them has run. */
  readonly only: number;
  /** Ends of either that are not explained. */
  readonly unexplained: number;
}

/**
 * What is under way beside the disturbed operation differs from run to run: a file that a destroy leaves in the repository
 * is then in the state still, or not any more, and only a person knows whose it is.
 */
const BY_OTHERS: readonly EngineEnd[] = ["advice", "named"];

/** Compares the ends of cases by name. */
export function compared(one: readonly EngineRow[], other: readonly EngineRow[]): Comparison {
  const ends = new Map(other.map((row) => [row.case, endOf(row)]));
  const common = one.flatMap((row) => {
    const second = ends.get(row.case);
    return second === undefined ? [] : [{ name: row.case, first: endOf(row), second }];
  });
  const differing = common.filter(({ first, second }) => first !== second);
  return {
    common: common.length,
    differing: differing.map(({ name, first, second }) => `${name}: ${first}, then ${second}`),
    byOthers: differing.filter(({ first, second }) => BY_OTHERS.includes(first) && BY_OTHERS.includes(second)).length,
    only: one.length + other.length - 2 * common.length,
    unexplained: [...one, ...other].filter((row) => endOf(row) === "wrong").length,
  };
}

/**
 * Whether two runs agree: no end that is not explained, and the same end of what both have run, but for who decides what
 * was under way besides.
 */
export function agree({ differing, byOthers, unexplained }: Comparison): boolean {
  return differing.length === byOthers && unexplained === 0;
}
