/** Runs cases of the engine's table in several worlds. */
import type { KeptRows } from "../kept-rows.ts";
import { type Case, titleOf } from "./cases.ts";
import type { End, TableWorld } from "./table-world.ts";

/** A case and its end. */
export interface EngineRow extends End {
  readonly run: Case["run"];
  readonly disturbance: string;
  readonly case: string;
}

/** Runs what has no end yet, one case at a time in each world; each end is shown as it comes. */
export async function runTable(
  worlds: readonly TableWorld[],
  cases: readonly Case[],
  kept: KeptRows<EngineRow>,
  show: (row: EngineRow, left: number) => void,
): Promise<readonly EngineRow[]> {
  const left = cases.filter((one) => !kept.has(titleOf(one)));
  await Promise.all(
    worlds.map(async (world) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const { run, disturbance } = next;
        const row = { case: titleOf(next), run, disturbance: disturbance.name, ...(await world.run(next)) };
        await kept.add(row.case, [row]);
        show(row, left.length);
      }
    }),
  );
  return cases.flatMap((one) => kept.of(titleOf(one)));
}
