/** What a saved plan promises of outputs. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promiseNoOutputs } from "../../cli/preview/plan-outputs.ts";
import { UNKNOWN_TEXT } from "../../providers/kit/markers.ts";

describe("a saved plan", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "plan-outputs-"));
  });
  after(() => rm(folder, { recursive: true }));

  const rewritten = async (plan: object): Promise<unknown> => {
    const file = join(folder, "plan.json");
    await writeFile(file, JSON.stringify(plan));
    await promiseNoOutputs(file);
    return JSON.parse(await readFile(file, "utf8"));
  };

  it("takes any value for outputs of components and of the stack, new, changed, gone or the same", async () => {
    const component = {
      goal: { custom: false, type: "a:b:C", outputDiff: { adds: { c: 1 }, updates: { u: "2" }, deletes: ["d"] } },
      steps: ["same"],
      state: { c: 1, u: "2", s: "same" },
    };
    const custom = { goal: { custom: true, inputDiff: { updates: { x: 1 } } }, steps: ["update"], state: { x: 1 } };
    const written = (await rewritten({
      manifest: { magic: "m" },
      resourcePlans: { one: component, two: custom, gone: { steps: ["delete"], state: {} } },
    })) as { manifest: object; resourcePlans: Record<string, { goal: { inputDiff: object; outputDiff: object } }> };
    assert.deepEqual(written.manifest, { magic: "m" });
    assert.deepEqual(written.resourcePlans["one"]?.goal.outputDiff, {
      adds: { c: UNKNOWN_TEXT },
      updates: { u: UNKNOWN_TEXT, d: UNKNOWN_TEXT, s: UNKNOWN_TEXT },
      deletes: [],
    });
    assert.deepEqual(written.resourcePlans["two"]?.goal.inputDiff, { updates: { x: 1 } });
  });

  it("is left alone when it is none, and may be absent", async () => {
    assert.deepEqual(await rewritten({ other: true }), { other: true });
    await promiseNoOutputs(join(folder, "absent.json"));
  });
});
