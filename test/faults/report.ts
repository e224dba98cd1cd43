/** docs/reliability.md: what the tables came to, from the ends that are kept. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";
import type { BackendRow } from "./backends/main.ts";
import { agree, compared } from "./engine/compare.ts";
import { ENGINE_ENDS, endOf } from "./engine/ends.ts";
import { engineRows, plannedCases, seedsOf } from "./engine/kept.ts";
import type { EngineRow } from "./engine/run-table.ts";
import { keptRows } from "./kept-rows.ts";
import type { OwnRow } from "./providers/main.ts";
import type { End } from "./providers/table.ts";
import type { StacksRow } from "./stacks/main.ts";

const FILE = join(projectRoot, "docs", "reliability.md");
const ENDS: readonly End[] = ["at once", "next run", "recover"];

/** Writes the page. Gives its path. */
export async function writeReport(seed: number): Promise<string> {
  const own = (await keptRows<OwnRow>("own")).all();
  const seeds = [seed, ...(await seedsOf("engine")).filter((other) => other !== seed)];
  const page = [
    "# Reliability",
    "What is left when a request fails, an answer is lost, or a run is killed. Every case starts from a known state, is " +
      "disturbed once, does what the output says next, and has to end with exactly the declared objects, nothing doubled, " +
      "nothing left behind, and a preview that is empty.",
    `Written by \`npm run faults -- --report\` on ${new Date().toISOString().slice(0, 10)}, from runs with ${seeds.length === 1 ? "seed" : "the seeds"} ${seeds.join(" and ")}. ` +
      "Against the emulated services: what a vendor itself loses is not shown here.",
    "## The own providers, request by request",
    "`npm run faults -- --own`: every request of every operation meets every fault once, over gRPC, with the engine's " +
      "bookkeeping. *At once*: the operation itself copes. *Next run*: it fails with a message, and the same command " +
      "again ends well, or a warning says what the next refresh finds out. *Recover*: what is left is named by `npx --no delivery recover`, or by the `pulumi import` in the message. " +
      "A call that was sent twice on its way leaves a second object where the service allows two of one name: `up` cannot " +
      "know, `recover` names it.",
    ...ownTables(own),
    "## Whole runs of the engine",
    "`npm run faults -- --kills`: kills at ten instants of a first `up`, an update and `destroy --run-program`, spread over " +
      "their writes. `npm run faults -- --engine`: every write, with lost answers besides: complete for what creates and " +
      "what deletes, some of the rest, by the seed. A run with another seed repeats the first and draws others of the rest. Each of its cases starts from state and database as they were just " +
      "before the operation. Both resume where they were ended.",
    "*At once*: the disturbed run ends well by itself. *Advice*: it fails or is killed; `npx --no delivery recover`, then " +
      "the same command again, end well. *Named*: `recover` leaves something to a person, and names the command: whose an object is, or that a repository is gone that was the only private one which the token could see. *Vendor*: " +
      "Sentry's plugin sends a request again whose answer was lost, also one that creates (its client `go-sentry` retries " +
      "every method), and Sentry allows two keys of one name; `recover` names the further one. *Wrong*: not explained. Well is: the objects, their number and the state are those of " +
      "an undisturbed run, of which a preview is empty and a destroy leaves nothing; where anything differs, and in one case " +
      "of ten besides, the engine itself is asked for that preview and that destroy.",
    ...(await engineTables("kills", seed)),
    ...(await comparisons("kills", seed)),
    ...(await engineTables("engine", seed)),
    ...(await comparisons("engine", seed)),
    "## Many stacks at once",
    "`npm run faults -- --stacks`: environments of one project, each a stack of its own, are brought up side by side from one " +
      "folder, over the same shared parts. Each makes its own site and nothing else; no report, state or kept file speaks of " +
      "another stack; no lock and no pending operation is left.",
    ...(await simple<StacksRow>("stacks")),
    "## Backends that fail",
    "`npm run faults -- --backends`: the disk under the state is full, or the connection to the bucket is cut in the middle " +
      "of every write, from a call on that has taken effect. `npx --no delivery up` fails and names `npx --no delivery " +
      "recover`. A state that is left unreadable is brought back by the command that `recover` names, from the copy that `up` " +
      "has kept; what was made meanwhile is found, imported, and made only once. A sandbox that " +
      "is killed in the middle of a deploy keeps its objects and goes on with the deploy (`test/e2e/killed-sandbox.test.ts`).",
    ...(await simple<BackendRow>("backends")),
  ];
  await writeFile(FILE, `${page.join("\n\n")}\n`);
  return FILE;
}

/** The rows of a run without a table. */
async function simple<
  Row extends { readonly case: string; readonly commands?: readonly string[]; readonly problem?: string },
>(part: string): Promise<string[]> {
  const rows = (await keptRows<Row>(part)).all();
  if (rows.length === 0) return [`\`--${part}\` has not been run.`];
  const lines = rows.map(({ case: name, commands = [], problem }) => [
    name,
    problem === undefined ? "well" : "wrong",
    commands.map((command) => `\`${command}\``).join(", ") || "nothing",
  ]);
  return [table(["case", "end", "what was run then"], lines), ...wrong(rows)];
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

async function engineTables(part: "kills" | "engine", seed: number): Promise<string[]> {
  const rows = await engineRows(part, seed);
  if (rows.length === 0) return [`No case of \`--${part}\` has been run with seed ${seed}.`];
  const planned = (await plannedCases(part, seed)).all().length || rows.length;
  const groups = grouped(rows, ({ run, disturbance }) => `${run} | ${disturbance}`);
  const lines = [...groups].map(([name, some]) => {
    const ends = ENGINE_ENDS.map((end) => String(some.filter((row) => endOf(row) === end).length));
    return [name, String(some.length), ...ends];
  });
  return [
    `\`--${part}\`, seed ${seed}: ${rows.length} of ${planned} cases have been run.`,
    table(["run", "disturbance", "cases", ...ENGINE_ENDS], lines.sort()),
    ...decided(part, rows),
    ...deployedAgain(rows),
    ...wrong(rows),
  ];
}

/** A deploy is an event: what it deploys twice is there once. */
function deployedAgain(rows: readonly EngineRow[]): string[] {
  const some = rows.filter((row) => row.deployedAgain === true && row.problem === undefined);
  if (some.length === 0) return [];
  const lines = some.map(({ case: name }) => `- ${name}`);
  return [
    "Here the next run could not know that its deploy had begun, and deployed the same once more:",
    lines.join("\n"),
  ];
}

/** What a person has to do in the end, by what was disturbed. */
function decided(part: "kills" | "engine", rows: readonly EngineRow[]): string[] {
  const some = rows.filter((row) => ["named", "vendor"].includes(endOf(row)));
  if (some.length === 0) return [];
  const writeOf = ({ case: name, disturbance }: EngineRow): string => name.slice(0, -`, ${disturbance}`.length);
  const groups = grouped(some, (row) => `${writeOf(row)} | ${row.commands.join(", ")}`);
  const lines = [...groups].map(([name, same]) => [
    name,
    same
      .map(({ disturbance }) => disturbance)
      .sort()
      .join(", "),
  ]);
  return [
    `What of \`--${part}\` ended with *named* and *vendor*, and the commands after the disturbed run:`,
    table(["write", "commands", "disturbances"], lines.sort()),
  ];
}

/** What runs with other seeds say of the same. */
async function comparisons(part: "kills" | "engine", seed: number): Promise<string[]> {
  const rows = await engineRows(part, seed);
  const others = (await seedsOf(part)).filter((other) => other !== seed);
  const told = await Promise.all(
    others.map(async (other) => {
      const again = await engineRows(part, other);
      const planned = (await plannedCases(part, other)).all().length || again.length;
      const found = compared(rows, again);
      const list = found.differing.map((one) => `; ${one}`).join("");
      const but =
        found.differing.length > 0
          ? ` but for what a person was asked of objects that were under way besides${list}`
          : "";
      const verdict = agree(found) ? `They agree${but}.` : `They do not agree${list}.`;
      const text =
        `\`--${part}\`, seed ${other}: ${again.length} of ${planned} cases have been run. With the seeds ${seed} and ${other}: ${found.common} cases in common, ${found.differing.length} of them ` +
        `with another end; ${found.only} of one only; ${found.unexplained} ends of either are not explained. ${verdict}`;
      return [text, ...deployedAgain(again)];
    }),
  );
  return told.flat();
}

function wrong(rows: readonly { readonly case: string; readonly problem?: string }[]): string[] {
  const lines = rows.flatMap(({ case: name, problem }) => {
    return problem === undefined ? [] : [`- ${name}: ${line(problem)}`];
  });
  return lines.length === 0 ? [] : ["Those that did not converge, and are not explained yet:", lines.join("\n")];
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
