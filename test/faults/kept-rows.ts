/** Results of a table in a JSON lines file of the cache, so that a run that was ended goes on where it was. */
import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "../../sandbox/paths.ts";

/** Rows by the group in which they are run. */
export interface KeptRows<Row> {
  readonly file: string;
  has(group: string): boolean;
  of(group: string): readonly Row[];
  all(): readonly Row[];
  /** Keeps a group that is done. */
  add(group: string, rows: readonly Row[]): Promise<void>;
}

/** @param name what was run, with all that decides its cases: `kills-7`. */
export async function keptRows<Row>(name: string): Promise<KeptRows<Row>> {
  const folder = folderOfRows();
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.jsonl`);
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean);
  const groups = new Map<string, readonly Row[]>(lines.map((line) => JSON.parse(line) as [string, Row[]]));
  return {
    file,
    has: (group) => groups.has(group),
    of: (group) => groups.get(group) ?? [],
    all: () => [...groups.values()].flat(),
    async add(group, rows) {
      groups.set(group, rows);
      await appendFile(file, `${JSON.stringify([group, rows])}\n`);
    },
  };
}

/** Keeps what a run that is not resumable has come to, in the place of what the last one had. */
export async function replaceRows<Row>(name: string, rows: readonly Row[]): Promise<void> {
  await forgetRows([name]);
  await (await keptRows<Row>(name)).add("all", rows);
}

/** The names under which results are kept. */
export async function keptNames(): Promise<string[]> {
  const files = await readdir(folderOfRows()).catch(() => []);
  return files.flatMap((file) => (file.endsWith(".jsonl") ? [file.slice(0, -".jsonl".length)] : []));
}

/** Forgets the results that are kept under these names, and no others. */
export async function forgetRows(names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folderOfRows(), `${name}.jsonl`), { force: true });
}

function folderOfRows(): string {
  return join(cacheDir(), "faults");
}
