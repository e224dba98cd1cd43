/**
 * `npm run faults`: the own providers' table, the kills, the stacks side by side and backends that fail, or what is named. Goes on where an
 * earlier run was ended; `--fresh` forgets that of what it runs, as after a change of the code. `--case` runs single cases of the engine's.
 * Ends with 1 when a case ended wrong.
 */
import { parseArgs } from "node:util";
import { runBackends } from "./backends/main.ts";
import { runEngine } from "./engine/main.ts";
import { forgetRows } from "./kept-rows.ts";
import { runOwn } from "./providers/main.ts";
import { writeReport } from "./report.ts";
import { runStacks } from "./stacks/main.ts";

const { values } = parseArgs({
  options: {
    own: { type: "boolean", default: false },
    kills: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    stacks: { type: "boolean", default: false },
    backends: { type: "boolean", default: false },
    engine: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    worlds: { type: "string", default: "2" },
    case: { type: "string" },
  },
});
const seed = Number(values.seed);
const how = { seed, worlds: Number(values.worlds), only: values.case };
const isNamed = values.own || values.kills || values.engine || values.stacks || values.backends || values.report;
const { own, kills, stacks, backends } = isNamed ? values : { own: true, kills: true, stacks: true, backends: true };
if (values.fresh)
  await forgetRows([
    ...(own ? ["own"] : []),
    ...(kills ? [`kills-${seed}`] : []),
    ...(values.engine ? [`engine-${seed}`] : []),
  ]);
const rows: readonly { readonly problem?: string }[] = [
  ...(own ? await runOwn() : []),
  ...(kills ? await runEngine({ part: "kills", ...how }) : []),
  ...(values.engine ? await runEngine({ part: "engine", ...how }) : []),
  ...(stacks ? await runStacks() : []),
  ...(backends ? await runBackends() : []),
];
if (values.report) process.stdout.write(`wrote ${await writeReport(seed)}\n`);
const wrong = rows.filter(({ problem }) => problem !== undefined);
process.stdout.write(`\n${rows.length} cases, ${wrong.length} ended wrong\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
