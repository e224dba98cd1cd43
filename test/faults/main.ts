/** `npm run faults`: the tables of faults, whole. Ends with 1 when a case did not end as it should. */
import { parseArgs } from "node:util";
import { runEngine } from "./engine/main.ts";
import { runOwn } from "./providers/main.ts";
import { writeReport } from "./report.ts";
import { runStacks } from "./stacks/main.ts";

const { values } = parseArgs({
  options: {
    own: { type: "boolean", default: false },
    kills: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    stacks: { type: "boolean", default: false },
    engine: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    worlds: { type: "string", default: "2" },
  },
});
const seed = Number(values.seed);
const worlds = Number(values.worlds);
const rows: readonly { readonly problem?: string }[] = [
  ...(values.own ? await runOwn() : []),
  ...(values.kills ? await runEngine({ part: "kills", seed, worlds }) : []),
  ...(values.engine ? await runEngine({ part: "engine", seed, worlds }) : []),
  ...(values.stacks ? await runStacks() : []),
];
if (values.report) process.stdout.write(`wrote ${await writeReport(seed)}\n`);
const wrong = rows.filter(({ problem }) => problem !== undefined);
process.stdout.write(`\n${rows.length} cases, ${wrong.length} ended wrong\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
