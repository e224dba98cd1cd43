/** Runs cases of the engine's table in several worlds, and keeps each end in a file, so that a run can be resumed. */
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "../../../sandbox/paths.ts";
import { type Case, titleOf } from "./cases.ts";
import type { End, TableWorld } from "./table-world.ts";

/** A case and its end. */
export interface Row extends End {
  readonly case: string;
}

/** The ends that are known from earlier runs with this seed, and those that are added. */
export class Results {
  readonly file: string;
  readonly #rows: Map<string, Row>;

  private constructor(file: string, rows: readonly Row[]) {
    this.file = file;
    this.#rows = new Map(rows.map((row) => [row.case, row]));
  }

  /** @param name what was run, with all that decides its cases: `engine-7`. */
  static async open(name: string): Promise<Results> {
    const folder = join(cacheDir(), "faults");
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${name}.jsonl`);
    const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean);
    return new Results(
      file,
      lines.map((line) => JSON.parse(line) as Row),
    );
  }

  has(one: Case): boolean {
    return this.#rows.has(titleOf(one));
  }

  async add(row: Row): Promise<void> {
    this.#rows.set(row.case, row);
    await appendFile(this.file, `${JSON.stringify(row)}\n`);
  }

  /** Of these cases. */
  of(cases: readonly Case[]): Row[] {
    return cases.flatMap((one) => this.#rows.get(titleOf(one)) ?? []);
  }
}

/** Runs what has no end yet, one case at a time in each world; each end is shown as it comes. */
export async function runTable(
  worlds: readonly TableWorld[],
  cases: readonly Case[],
  results: Results,
  show: (row: Row, left: number) => void,
): Promise<readonly Row[]> {
  const left = cases.filter((one) => !results.has(one));
  await Promise.all(
    worlds.map(async (world) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const row = { case: titleOf(next), ...(await world.run(next)) };
        await results.add(row);
        show(row, left.length);
      }
    }),
  );
  return results.of(cases);
}
