/** A part of the engine's table of kills; `npm run faults -- --kills` runs it at ten instants of each run. */
import assert from "node:assert/strict";
import type { Case } from "../faults/engine/cases.ts";
import { TableWorld } from "../faults/engine/table-world.ts";

const CASES: readonly Case[] = [
  {
    run: "up",
    write: { service: "render", method: "POST", path: "/v1/services", skip: 0 },
    disturbance: { name: "kill of the plugin after the effect", victim: "plugin", when: "after" },
  },
  {
    run: "update",
    write: { service: "render", method: "PATCH", path: "/v1/services/*", skip: 0 },
    disturbance: { name: "kill of the engine before the effect", victim: "engine", when: "before" },
  },
  {
    run: "destroy",
    write: { service: "circleci", method: "DELETE", path: "/api/v2/context/*", skip: 0 },
    disturbance: { name: "kill of the plugin after the effect", victim: "plugin", when: "after" },
  },
];

describe("kills of a run", function () {
  this.timeout(900_000);
  let world: TableWorld;
  before(async () => {
    world = await TableWorld.open();
    await world.record(["update"]);
  });
  after(() => world?.close());

  for (const one of CASES)
    it(`ends ${one.run} as declared after a ${one.disturbance.name} of ${one.write.path}`, async () => {
      const { problem, commands } = await world.run(one);
      assert.equal(problem, undefined, commands.join(", "));
    });
});
