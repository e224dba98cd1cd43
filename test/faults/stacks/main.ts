/** `npm run faults -- --stacks`: twenty stacks of one project side by side. */
import { openScriptedChain } from "../../e2e/support/scripted-chain.ts";
import { replaceRows } from "../kept-rows.ts";
import { upSideBySide } from "./side-by-side.ts";

const STACKS = 20;
/** An engine and its plugins take half a gigabyte. */
const AT_ONCE = 8;

/** What came of it. */
export interface StacksRow {
  readonly case: string;
  readonly problem?: string;
}

/** Runs them; a row for each thing that is wrong, or one that says that nothing is. */
export async function runStacks(): Promise<readonly StacksRow[]> {
  const chain = await openScriptedChain();
  try {
    const problems = await upSideBySide(chain, { stacks: STACKS, atOnce: AT_ONCE });
    for (const problem of problems) process.stdout.write(`WRONG ${problem}\n`);
    const name = `${STACKS} stacks, ${AT_ONCE} at once`;
    process.stdout.write(`${name}: ${problems.length === 0 ? "ok" : "wrong"}\n`);
    const rows = problems.length === 0 ? [{ case: name }] : problems.map((problem) => ({ case: name, problem }));
    await replaceRows("stacks", rows);
    return rows;
  } finally {
    await chain.close();
  }
}
