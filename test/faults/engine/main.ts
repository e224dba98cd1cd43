/**
 * `npm run faults -- --engine` and `-- --kills`: the engine's table, and its kills alone. Resumable: what has ended is
 * not run again with the same seed.
 */
import { keptRows } from "../kept-rows.ts";
import { kills, type Run, table, titleOf, type Write } from "./cases.ts";
import { plannedCases } from "./kept.ts";
import { type EngineRow, runTable } from "./run-table.ts";
import { TableWorld } from "./table-world.ts";

const RUNS: readonly Run[] = ["up", "update", "destroy"];
/** Instants of a run at which it is killed. */
const INSTANTS = 10;

/** What is asked for. */
export interface EngineOptions {
  readonly part: "engine" | "kills";
  readonly seed: number;
  /** Worlds beside each other. */
  readonly worlds: number;
  /** Runs only what has these words in its title, also when its end is known. */
  readonly only?: string | undefined;
}

/** Runs it and shows every end. Gives the rows of all cases. */
export async function runEngine({ part, seed, worlds: count, only }: EngineOptions): Promise<readonly EngineRow[]> {
  const worlds: TableWorld[] = [];
  try {
    for (let one = 0; one < count; one += 1) worlds.push(await TableWorld.open());
    const recorded = await Promise.all(worlds.map((world) => world.record(RUNS)));
    const [writes] = recorded;
    const of = writes ?? new Map<Run, readonly Write[]>();
    const cases =
      part === "kills" ? RUNS.flatMap((run) => kills(run, of.get(run) ?? [], INSTANTS, seed)) : table(of, seed);
    const results = await keptRows<EngineRow>(`${part}-${seed}`);
    await (await plannedCases(part, seed)).add("all", cases.map(titleOf));
    const known = cases.filter((one) => results.has(titleOf(one))).length;
    process.stdout.write(`${cases.length} cases, ${known} known from ${results.file}\n`);
    return await runTable({ worlds, cases, seed, kept: results, only, show });
  } finally {
    await Promise.all(worlds.map((world) => world.close()));
  }
}

function show({ problem, case: name, commands, seconds }: EngineRow, left: number): void {
  process.stdout.write(`${problem === undefined ? "ok" : "WRONG"} ${name}: ${commands.join(", ") || "at once"}`);
  process.stdout.write(`${problem === undefined ? "" : `\n    ${problem}`} (${seconds} s, ${left} left)\n`);
}
