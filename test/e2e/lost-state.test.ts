/** A backend that fails in the middle of an `up`: `npm run faults -- --backends` shows what is said, too. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fullDisk, type LossyBackend } from "../faults/backends/lossy-backend.ts";
import { upWithLostState } from "../faults/backends/lost-state.ts";
import { RecoverWorld } from "./recover/world.ts";

describe("a backend that fails in the middle of an up", function () {
  this.timeout(900_000);
  let world: RecoverWorld;
  let backend: LossyBackend | undefined;
  beforeEach(async () => {
    world = await RecoverWorld.open();
  });
  afterEach(async () => {
    await backend?.close();
    backend = undefined;
    await world?.chain.close();
  });

  const assertRecovers = async (lossy: LossyBackend): Promise<void> => {
    const [{ said, problem, commands } = assert.fail("nothing was run")] = await upWithLostState(world, [lossy]);
    assert.equal(problem, undefined, commands.join(", "));
    assert.match(said, /npx --no delivery recover/, "names what is to be done");
  };

  it("is a disk that is full: what is made meanwhile is found again, and nothing is made twice", async function () {
    const disk = await fullDisk(join(world.chain.projectDir, ".."));
    if (typeof disk === "string") {
      console.log(`      ${disk}`);
      this.skip();
    }
    backend = disk;
    await assertRecovers(disk);
  });
});
