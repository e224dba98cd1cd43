/** What of a checked run the table of deviations explains, and what of the table the run bears out. */
import type { Call } from "../../sandbox/services/core/traffic.ts";
import type { Deviation } from "./deviations/deviation.ts";
import type { Finding } from "./openapi/check.ts";

/** A call and what came of its check. */
export interface CheckedCall extends Finding {
  readonly call: Pick<Call, "service" | "method" | "path">;
}

/** Differences between the run and the table, each once. */
export interface Explanation {
  readonly unexplained: readonly string[];
  /** Routes and problems in the table that did not occur. */
  readonly unused: readonly string[];
}

/** Holds the findings of a run against the table. */
export function explain(checked: readonly CheckedCall[], table: readonly Deviation[]): Explanation {
  const unexplained = new Set<string>();
  const used = new Map<Deviation, Set<string>>(table.map((row) => [row, new Set()]));
  for (const { call, route, problems } of checked) {
    const place = route ?? `${call.method} ${call.path.split("?")[0]}`;
    for (const problem of problems) {
      let isExplained = false;
      for (const row of table) {
        const named = row.routes.find((pattern) => isSameRoute(pattern, place));
        if (row.service !== call.service || !named || !row.problems.includes(problem)) continue;
        used.get(row)?.add(named).add(problem);
        isExplained = true;
      }
      if (!isExplained) unexplained.add(`${call.service} ${place}: ${problem}`);
    }
  }
  const unused = table.flatMap((row) =>
    [...row.routes, ...row.problems]
      .filter((text) => !used.get(row)?.has(text))
      .map((text) => `${row.service} (${row.routes.join(", ")}): ${text}`),
  );
  return { unexplained: [...unexplained].sort(), unused };
}

/** `*` stands for any one part of a path. */
function isSameRoute(pattern: string, route: string): boolean {
  const parts = pattern.split("/");
  const given = route.split("/");
  return parts.length === given.length && parts.every((part, index) => part === "*" || part === given[index]);
}
