/** Runs cases of the engine's table in several worlds. */
import type { KeptRows } from "../kept-rows.ts";
import { type Case, drawn, titleOf } from "./cases.ts";
import type { End, TableWorld } from "./table-world.ts";

/** One case in so many is previewed and destroyed by the engine, whatever a comparison says. */
const THOROUGH_ONE_IN = 10;

/** A case and its end. */
export interface EngineRow extends End {
  readonly run: Case["run"];
  readonly disturbance: string;
  readonly case: string;
  readonly seconds: number;
}

/** A table to be run. */
export interface TableRun {
  readonly worlds: readonly TableWorld[];
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly kept: KeptRows<EngineRow>;
  /** Runs only what has these words in its title, also when its end is known. */
  readonly only?: string | undefined;
  show(row: EngineRow, left: number): void;
}

/** Runs what has no end yet, one case at a time in each world; each end is shown as it comes. */
export async function runTable({ worlds, cases, seed, kept, only, show }: TableRun): Promise<readonly EngineRow[]> {
  const left = cases.filter((one) => (only === undefined ? !kept.has(titleOf(one)) : titleOf(one).includes(only)));
  const thorough = new Set(drawn(cases, Math.ceil(cases.length / THOROUGH_ONE_IN), seed));
  await Promise.all(
    worlds.map(async (world) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const { run, disturbance } = next;
        const begun = performance.now();
        const end = await world.run(next, { thorough: thorough.has(next) });
        const seconds = Math.round((performance.now() - begun) / 1000);
        const row = { case: titleOf(next), run, disturbance: disturbance.name, seconds, ...end };
        await kept.add(row.case, [row]);
        show(row, left.length);
      }
    }),
  );
  return cases.flatMap((one) => kept.of(titleOf(one)));
}
