/** docs/reliability.md: what the tables came to, from the ends that are kept. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";
import type { EngineRow } from "./engine/run-table.ts";
import { keptRows } from "./kept-rows.ts";
import type { OwnRow } from "./providers/main.ts";
import type { End } from "./providers/table.ts";

const FILE = join(projectRoot, "docs", "reliability.md");
const ENDS: readonly End[] = ["at once", "next run", "recover"];

/** Writes the page. Gives its path. */
export async function writeReport(seed: number): Promise<string> {
  const own = (await keptRows<OwnRow>("own")).all();
  const kills = (await keptRows<EngineRow>(`kills-${seed}`)).all();
  const engine = (await keptRows<EngineRow>(`engine-${seed}`)).all();
  const page = [
    "# Reliability",
    "What is left when a request fails, an answer is lost, or a run is killed. Every case starts from a known state, is " +
      "disturbed once, does what the output says next, and has to end with exactly the declared objects, nothing doubled, " +
      "nothing left behind, and a preview that is empty.",
    `Written by \`npm run faults -- --report\` on ${new Date().toISOString().slice(0, 10)}, from runs with seed ${seed}. ` +
      "Against the emulated services: what a vendor itself loses is not shown here.",
    "## The own providers, request by request",
    "`npm run faults -- --own`: every request of every operation meets every fault once, over gRPC, with the engine's " +
      "bookkeeping. *At once*: the operation itself copes. *Next run*: it fails with a message, and the same command " +
      "again ends well. *Recover*: what is left is named by `npx --no delivery recover`, or by the `pulumi import` in the message. " +
      "A call that was sent twice on its way leaves a second object where the service allows two of one name: `up` cannot " +
      "know, `recover` names it.",
    ...ownTables(own),
    "## Whole runs of the engine",
    "`npm run faults -- --kills`: kills at ten instants of a first `up`, an update and `destroy --run-program`, spread over " +
      "their writes. `npm run faults -- --engine`: every write, with lost answers besides. Both resume where they were " +
      "ended.",
    ...engineTables("kills", kills),
    ...engineTables("engine", engine),
  ];
  await writeFile(FILE, `${page.join("\n\n")}\n`);
  return FILE;
}

function ownTables(rows: readonly OwnRow[]): string[] {
  const byOperation = grouped(rows, ({ provider, subject, operation }) => `${provider} ${subject} | ${operation}`);
  const byFault = grouped(rows, ({ fault }) => fault);
  const heads = [...ENDS, "wrong"];
  return [
    table(["resource", "operation", "cases", ...heads], counted(byOperation).sort()),
    table(["fault", "cases", ...heads], counted(byFault).sort()),
    ...wrong(rows.map((row) => ({ ...row, case: `${row.subject} ${row.operation}, ${row.request}, ${row.fault}` }))),
  ];
}

function counted(groups: ReadonlyMap<string, readonly OwnRow[]>): string[][] {
  return [...groups].map(([name, rows]) => {
    const well = rows.filter(({ problem }) => problem === undefined);
    const ends = ENDS.map((end) => String(well.filter((row) => row.end === end).length));
    return [name, String(rows.length), ...ends, String(rows.length - well.length)];
  });
}

function engineTables(part: string, rows: readonly EngineRow[]): string[] {
  if (rows.length === 0) return [`No case of \`--${part}\` has been run with this seed.`];
  const groups = grouped(rows, ({ run, disturbance }) => `${run} | ${disturbance}`);
  const lines = [...groups].map(([name, some]) => {
    const well = some.filter(({ problem }) => problem === undefined).length;
    return [name, String(some.length), String(well), String(some.length - well)];
  });
  return [
    `\`--${part}\`: ${rows.length} cases have been run.`,
    table(["run", "disturbance", "cases", "converged", "wrong"], lines.sort()),
    ...wrong(rows),
  ];
}

/** Ends that are understood and not put right. */
const KNOWN: readonly (readonly [end: RegExp, why: string])[] = [
  [
    /^destroy: github DELETE \/api\/v3\/repos\/[^/]+\/[^/]+, .* after/,
    "the repository was the only private one that the token could see, so its 404 does not prove that it is gone: " +
      "`npx --no delivery recover` says so and leaves it in the state. Whoever knows that it is gone takes it out with " +
      "`pulumi state delete`.",
  ],
];

function wrong(rows: readonly { readonly case: string; readonly problem?: string }[]): string[] {
  const lines = rows.flatMap(({ case: name, problem }) => {
    const why = KNOWN.find(([end]) => end.test(name))?.[1];
    return problem === undefined ? [] : [`- ${name}: ${why ?? `not explained yet. ${line(problem)}`}`];
  });
  return lines.length === 0 ? [] : ["Those that ended wrong:", lines.join("\n")];
}

/** An id or an address of the run's own says nothing to a reader. */
function line(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "")
    .slice(0, 300);
}

function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
