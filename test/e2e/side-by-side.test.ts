/** Some stacks of one project at once; `npm run faults -- --stacks` runs twenty. */
import assert from "node:assert/strict";
import { upSideBySide } from "../faults/stacks/side-by-side.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

describe("stacks side by side", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  before(async () => {
    chain = await openScriptedChain();
  });
  after(() => chain?.close());

  it("come up at once from one folder, each with what is its own", async () => {
    assert.deepEqual(await upSideBySide(chain, { stacks: 3, atOnce: 3 }), []);
  });
});
