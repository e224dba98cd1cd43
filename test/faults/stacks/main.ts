/** `npm run faults -- --stacks`: twenty stacks of one project side by side. */
import { openScriptedChain } from "../../e2e/support/scripted-chain.ts";
import { upSideBySide } from "./side-by-side.ts";

const STACKS = 20;
/** An engine and its plugins take half a gigabyte. */
const AT_ONCE = 8;

/** Runs them; a row for each thing that is wrong, or one that says that nothing is. */
export async function runStacks(): Promise<readonly { readonly problem?: string }[]> {
  const chain = await openScriptedChain();
  try {
    const problems = await upSideBySide(chain, { stacks: STACKS, atOnce: AT_ONCE });
    for (const problem of problems) process.stdout.write(`WRONG ${problem}\n`);
    process.stdout.write(`${STACKS} stacks, ${AT_ONCE} at once: ${problems.length === 0 ? "ok" : "wrong"}\n`);
    return problems.length === 0 ? [{}] : problems.map((problem) => ({ problem }));
  } finally {
    await chain.close();
  }
}
