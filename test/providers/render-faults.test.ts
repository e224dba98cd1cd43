/**
 * The fault table of the Render provider: every call of every operation of every resource, with every kind of fault, ends
 * as declared after at most two more runs. A fixed part of it runs by itself, all of it with FAULTS=all.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { OPERATIONS, problemOf, requestsOf } from "../faults/cell.ts";
import { FAULTS } from "../faults/kinds.ts";
import { renderPlace, renderSubjects } from "../faults/render.ts";
import { type RenderWorld, startRenderWorld } from "./render-world.ts";

/** One cell in so many runs by itself: a prime, so that each call and each fault is met in turn. */
const STEP = process.env["FAULTS"] === "all" ? 1 : 13;
const NAMES = ["RegistryCredential", "Project", "Environment", "WebService"];

describe("faults of the Render provider", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());

  let cell = 0;
  for (const [index, name] of NAMES.entries()) {
    for (const operation of OPERATIONS) {
      it(`${operation} of ${name} ends as declared, whichever call goes wrong`, async function () {
        this.timeout(STEP === 1 ? 3_600_000 : 300_000);
        const subject = renderSubjects(world)[index];
        assert.ok(subject);
        assert.equal(subject.name, name);
        const place = renderPlace(world);
        const requests = await requestsOf(place, subject, operation);
        const wrong: string[] = [];
        for (const [position, request] of requests.entries()) {
          for (const [kind, fault] of Object.entries(FAULTS)) {
            cell += 1;
            if (cell % STEP !== 0) continue;
            const problem = await problemOf(place, subject, operation, position, fault);
            if (problem) wrong.push(`${position + 1}. ${request}, ${kind}: ${problem}`);
          }
        }
        assert.deepEqual(wrong, []);
      });
    }
  }
});
