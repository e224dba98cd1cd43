/** Where the engine's tables keep what they are and how their cases ended. */
import { type KeptRows, keptNames, keptRows } from "../kept-rows.ts";
import type { EngineRow } from "./run-table.ts";

type Part = "engine" | "kills";

/** The ends that a run with this seed has come to. A case that is planned no longer, as after a change of the code, is left out. */
export async function engineRows(part: Part, seed: number): Promise<readonly EngineRow[]> {
  const planned = new Set((await plannedCases(part, seed)).all());
  const rows = (await keptRows<EngineRow>(`${part}-${seed}`)).all();
  return planned.size === 0 ? rows : rows.filter((row) => planned.has(row.case));
}

/** The names of all cases that a run with this seed has to go through. */
export function plannedCases(part: Part, seed: number): Promise<KeptRows<string>> {
  return keptRows<string>(`planned-${part}-${seed}`);
}

/** The seeds of which there are ends. */
export async function seedsOf(part: Part): Promise<number[]> {
  const names = await keptNames();
  return names.flatMap((name) => {
    const seed = new RegExp(`^${part}-(\\d+)$`).exec(name)?.[1];
    return seed === undefined ? [] : [Number(seed)];
  });
}
