/** A plan that was reviewed, against what an update would do now. */
import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deviations, type Plan, readPlan } from "../../cli/preview/plan.ts";
import { planViolations, rewordedViolations } from "../../cli/preview/plan-violations.ts";
import { previewed } from "../../cli/preview/preview.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { WatchablePulumi } from "../../cli/pulumi.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (ciphertext: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext,
});

const plan = (...resources: readonly (readonly [name: string, steps: string[], inputDiff?: object])[]): Plan => ({
  resourcePlans: Object.fromEntries(
    resources.map(([name, steps, inputDiff]) => [
      `urn:pulumi:prod::delivery::a:b:C::${name}`,
      { steps, ...(inputDiff && { goal: { inputDiff } }) },
    ]),
  ),
});

describe("a reviewed plan", () => {
  it("is met by the same steps with the same values, whatever the encryption", () => {
    const adds = { name: "site", key: secret("one"), list: [1, { a: null }] };
    const reviewed = plan(["site", ["create"], { adds }], ["old", ["delete"]]);
    assert.deepEqual(deviations(reviewed, plan(["site", ["create"], { adds: { ...adds, key: secret("two") } }])), []);
  });

  it("is met by what was unknown then, and by what is done already", () => {
    const reviewed = plan(["site", ["create"], { adds: { id: UNKNOWN } }], ["key", ["update"], { updates: { a: 1 } }]);
    const now = plan(["site", ["create"], { adds: { id: "srv-1" } }], ["key", ["same"], {}], ["new", ["read"]]);
    assert.deepEqual(deviations(reviewed, now), []);
  });

  it("is not met by other values, more values, other steps or other resources", () => {
    const reviewed = plan(["site", ["update"], { updates: { a: [1, 2] } }], ["key", ["same"]]);
    const cases = [
      [plan(["site", ["update"], { updates: { a: [1, 3] } }]), "site (update, with other values)"],
      [plan(["site", ["update"], { updates: { a: [1, 2] }, adds: { b: 1 } }]), "site (update, with other values)"],
      [plan(["site", ["update"], { updates: { a: secret("x") } }]), "site (update, with other values)"],
      [plan(["site", ["replace"]]), "site (replace; reviewed: update)"],
      [plan(["key", ["delete"]]), "key (delete; reviewed: no change)"],
      [plan(["other", ["create"]]), "other (create; reviewed: no change)"],
    ] as const;
    for (const [now, expected] of cases) assert.deepEqual(deviations(reviewed, now), [expected]);
  });

  it("has to be a plan of the engine", async () => {
    const folder = await mkdtemp(join(tmpdir(), "delivery-plan-test-"));
    try {
      const file = join(folder, "plan.json");
      await assert.rejects(readPlan(file), /cannot be read: ENOENT(.|\n)*--save-plan/);
      for (const text of ["{", "{}", "[]"]) {
        await writeFile(file, text);
        await assert.rejects(readPlan(file), /is not a plan of the engine/);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the file of a plan", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-plan-test-"));
    file = join(folder, "plan.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Previews with an engine that ends with this code; gives the file's mode as the engine finds it. */
  const modeFor = async (code: number): Promise<number> => {
    let mode = 0;
    const runWith: WatchablePulumi["runWith"] = async () => {
      mode = (await stat(file)).mode & 0o777;
      if (code === 0) await writeFile(file, '{"resourcePlans":{}}');
      return { code, stdout: "", stderr: code === 0 ? "" : "error: no" };
    };
    const pulumi: WatchablePulumi = { run: (...args) => runWith({}, ...args), runWith };
    await previewed({ pulumi, progress: silentProgress, stack: "prod", policy: [], planFile: file });
    return mode;
  };

  it("can be read by this user alone before the engine writes the first byte", async () => {
    assert.equal(await modeFor(0), 0o600);
    await writeFile(file, "an older one", { mode: 0o644 });
    await chmod(file, 0o644);
    assert.equal(await modeFor(0), 0o600);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it("is not left empty by a preview that fails, and an older one stays", async () => {
    await modeFor(1);
    await assert.rejects(stat(file), /ENOENT/);
    await writeFile(file, "an older one");
    await modeFor(1);
    assert.equal(await readFile(file, "utf8"), "an older one");
  });

  it("is refused before the preview where it cannot be", async () => {
    file = join(folder, "absent", "plan.json");
    await assert.rejects(modeFor(0), /^UserError: The plan cannot be written: ENOENT(.|\n)*Give another path/);
  });
});

describe("the engine's refusal to leave its plan", () => {
  const violation = (message: string) => ({
    sequence: 1,
    timestamp: 1,
    diagnosticEvent: { message, severity: "error", ephemeral: false },
  });
  const URN = "urn:pulumi:prod::delivery::delivery:environment:Site$render:index:WebService::site";

  it("is told by resource and property, without a value", () => {
    const message = `resource ${URN} violates plan: properties changed: ~~environmentVariables[{map[A:{secret-value}]}!={map[A:{b}]}], ++plan[{pro}]\n`;
    assert.deepEqual(planViolations([violation(message)]), ["site (environmentVariables, plan)"]);
    assert.deepEqual(planViolations([violation(`resource ${URN} violates plan: update is not allowed`)]), ["site"]);
  });

  it("is told apart from other errors", () => {
    const events = [violation(`resource ${URN} violates plan: x`), violation("Render answered 500")];
    assert.deepEqual(planViolations(events.slice(1)), []);
    const reworded = rewordedViolations([...events, violation(`resource ${URN} violates plan: y`)], "Not reviewed.");
    assert.deepEqual(
      reworded.map(({ diagnosticEvent }) => diagnosticEvent?.message),
      ["Not reviewed.", "Render answered 500"],
    );
  });
});
