/** A fixed part of a provider's table of faults, as tests. */
import assert from "node:assert/strict";
import { type FaultWorld, faultTable, OPERATIONS, outageTable, type Subject, wrongIn } from "./table.ts";

/** The waits between attempts are longer than the work: so many cases run beside each other. */
const WORLDS = 2;
/** Of each operation of each resource. */
const CASES = 3;
const SEED = 20_261_130;

/** Declares the tests. */
export function describeTable<World extends FaultWorld>(
  name: string,
  subjects: readonly Subject<World>[],
  start: () => Promise<World>,
): void {
  describe(`${name}: the table of faults`, function () {
    this.timeout(600_000);
    let worlds: World[] = [];
    before(async () => {
      worlds = await Promise.all(Array.from({ length: WORLDS }, start));
    });
    after(() => Promise.all(worlds.map((world) => world.stop())));

    for (const subject of subjects)
      for (const operation of OPERATIONS) {
        if (operation === "update" && !subject.changes) continue;
        it(`${subject.name}: ${operation} ends as declared, whatever is lost`, async () => {
          assert.deepEqual(wrongIn(await faultTable(worlds, subject, operation, { seed: SEED, cases: CASES })), []);
        });
      }

    it(`ends as declared after the next run when what writes did is hidden for a while`, async () => {
      const [world = assert.fail()] = worlds;
      const [subject = assert.fail()] = subjects;
      assert.deepEqual(wrongIn(await outageTable(world, subject, "create")), []);
    });
  });
}
