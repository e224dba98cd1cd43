/** `npm run faults -- --own`: the own providers' table, whole. Resumable: an operation of a resource that is done is kept. */
import { type KeptRows, keptRows } from "../kept-rows.ts";
import { circleciSubjects, startTableWorld as startCircleci } from "./circleci.ts";
import { renderSubjects, startTableWorld as startRender } from "./render.ts";
import { type FaultWorld, faultTable, OPERATIONS, outageTable, type Row, type Subject, wrongIn } from "./table.ts";

/** Waits between attempts are longer than the work. */
const WORLDS = 4;

/** A row, and whose it is. */
export interface OwnRow extends Row {
  readonly provider: string;
}

/** Runs it and shows each operation's end. Gives the rows of all cases. */
export async function runOwn(): Promise<readonly OwnRow[]> {
  const kept = await keptRows<OwnRow>("own");
  await runProvider("circleci", circleciSubjects, startCircleci, kept);
  await runProvider("render", renderSubjects, startRender, kept);
  return kept.all();
}

async function runProvider<World extends FaultWorld>(
  provider: string,
  subjects: readonly Subject<World>[],
  start: () => Promise<World>,
  kept: KeptRows<OwnRow>,
): Promise<void> {
  const worlds: World[] = [];
  try {
    for (const subject of subjects)
      for (const operation of OPERATIONS) {
        if (operation === "update" && !subject.changes) continue;
        const group = `${provider} ${subject.name} ${operation}`;
        if (kept.has(group)) continue;
        while (worlds.length < WORLDS) worlds.push(await start());
        const [first] = worlds;
        const outages = first && operation !== "read" ? await outageTable(first, subject, operation) : [];
        const rows = [...(await faultTable(worlds, subject, operation, { seed: 0 })), ...outages];
        await kept.add(
          group,
          rows.map((row) => ({ provider, ...row })),
        );
        process.stdout.write(`${group}: ${rows.length} cases\n`);
        for (const line of wrongIn(rows)) process.stdout.write(`  WRONG ${line}\n`);
      }
  } finally {
    await Promise.all(worlds.map((world) => world.stop()));
  }
}
