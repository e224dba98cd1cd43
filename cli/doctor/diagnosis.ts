/** What `delivery doctor` has found, ready to be shown: every text is clean. */
import { onStack } from "../../lib/stack-commands.ts";
import type { Area } from "./check.ts";
import type { Finding, Result } from "./finding.ts";
import type { CheckedRow } from "./run.ts";

/** One line of the table. */
export interface Line extends Finding {
  /** Id of the check; a check may have several lines. */
  readonly check: string;
  readonly area: Area;
  readonly title: string;
}

export interface Diagnosis {
  readonly stack: string | undefined;
  readonly lines: readonly Line[];
  readonly counts: Readonly<Record<Result, number>>;
}

/**
 * Puts the findings in lines.
 * @param clean makes a text safe to show.
 */
export function diagnosisOf(
  stack: string | undefined,
  rows: readonly CheckedRow[],
  clean: (text: string) => string,
): Diagnosis {
  const lines = rows.flatMap(({ check: { id, area, title }, findings }) =>
    findings.map(({ result, found, mend, waitsFor }): Line => {
      return {
        check: id,
        area,
        title,
        result,
        found: clean(onStack(found, stack)),
        ...(mend !== undefined && { mend: clean(onStack(mend, stack)) }),
        ...(waitsFor && { waitsFor }),
      };
    }),
  );
  const counts = { ok: 0, warn: 0, problem: 0, "not checked": 0 };
  for (const { result } of lines) counts[result] += 1;
  return { stack, lines, counts };
}
