/** `npm run faults -- --backends`: an `up` on backends that fail in its middle. */
import { join } from "node:path";
import { RecoverWorld } from "../../e2e/recover/world.ts";
import { replaceRows } from "../kept-rows.ts";
import { cutBucket, fullDisk, type LossyBackend } from "./lossy-backend.ts";
import { upWithLostState } from "./lost-state.ts";

/** What came of one. */
export interface BackendRow {
  readonly case: string;
  readonly commands: readonly string[];
  readonly problem?: string;
}

/** Runs them one after another and shows what was said and done. */
export async function runBackends(): Promise<readonly BackendRow[]> {
  const world = await RecoverWorld.open();
  const backends: LossyBackend[] = [];
  try {
    const folder = join(world.chain.projectDir, "..");
    for (const backend of [await fullDisk(folder), await cutBucket(folder)])
      if (typeof backend === "string") process.stdout.write(`left out: ${backend}\n`);
      else backends.push(backend);
    const ends = await upWithLostState(world, backends);
    for (const [index, { said, commands, problem }] of ends.entries()) {
      process.stdout.write(
        `${problem === undefined ? "ok" : "WRONG"} ${backends[index]?.name}: ${commands.join(", ")}\n`,
      );
      process.stdout.write(
        `${said.trim().replaceAll(/^/gm, "    ")}\n${problem === undefined ? "" : `  ${problem}\n`}`,
      );
    }
    const rows = ends.map(({ said: _, ...end }, index) => ({ case: backends[index]?.name ?? "", ...end }));
    await replaceRows("backends", rows);
    return rows;
  } finally {
    for (const backend of backends) await backend.close();
    await world.chain.close();
  }
}
