import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { type State, UNKNOWN } from "./harness.ts";
import { type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

const disk = { name: "media", mountPath: "/var/media", sizeGB: 10 };
const autoscaling = { min: 1, max: 3, cpu: 60 };

describe("render:index:WebService with a disk or autoscaling", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const created = async (inputs = {}): Promise<State> => {
    const state = await world.plugin.create(WEB_SERVICE, world.site(inputs));
    await world.requests();
    return state;
  };
  const update = (state: State, inputs = {}): Promise<State> =>
    world.plugin.update(WEB_SERVICE, state, world.site(inputs));
  const diff = async (state: State, inputs = {}) =>
    world.plugin.diff(WEB_SERVICE, state, await world.plugin.checked(WEB_SERVICE, world.site(inputs)));
  /** What a preview asks: the difference, and of what is updated in place what comes of it. */
  const preview = async (state: State, inputs = {}): Promise<void> => {
    if (((await diff(state, inputs)).replaces ?? []).length === 0)
      await world.plugin.previewUpdate(WEB_SERVICE, state, world.site(inputs));
  };
  const details = async ({ id }: State) => (await world.api("GET", `/services/${id}`)).serviceDetails;
  const writesOf = async ({ id }: State): Promise<string[]> =>
    (await world.writes()).map((request) => request.replace(`/services/${id}`, "").replace(/dsk-\w+/, "{dsk}"));

  for (const [name, value] of [
    ["disk", disk],
    ["autoscaling", autoscaling],
    ["autoscaling", { min: 2, max: 2, cpu: 50, memory: 80 }],
  ] as const) {
    it(`is created with ${name} ${JSON.stringify(value)}, and finds it again`, async () => {
      const state = await created({ [name]: value });
      assert.deepEqual(state.outputs[name], value);
      const refreshed = await world.plugin.read(WEB_SERVICE, state);
      assert.ok(refreshed);
      assert.deepEqual((await diff(refreshed, { [name]: value })).detailed, {});
      const imported = await world.plugin.read(WEB_SERVICE, state.id);
      assert.ok(imported);
      assert.deepEqual(imported.inputs[name], value);
      for (const inputs of [{ [name]: value }, {}]) assert.deepEqual((await diff(imported, inputs)).detailed, {});
    });
  }

  for (const [change, before, after, writes] of [
    ["adds a disk with one deploy", {}, { disk }, ["POST /disks", "POST /deploys"]],
    ["enlarges a disk without a deploy", { disk }, { disk: { ...disk, sizeGB: 20 } }, ["PATCH /disks/{dsk}"]],
    ["renames a disk without a deploy", { disk }, { disk: { ...disk, name: "files" } }, ["PATCH /disks/{dsk}"]],
    [
      "mounts a disk elsewhere with one deploy",
      { disk },
      { disk: { ...disk, mountPath: "/data" } },
      ["PATCH /disks/{dsk}", "POST /deploys"],
    ],
    [
      "scales to one instance before it adds a disk",
      { numInstances: 3 },
      { numInstances: 1, disk },
      ["POST /scale", "POST /disks", "POST /deploys"],
    ],
    ["switches autoscaling on", {}, { autoscaling }, ["PUT /autoscaling"]],
    ["changes autoscaling", { autoscaling }, { autoscaling: { ...autoscaling, max: 5 } }, ["PUT /autoscaling"]],
    ["switches autoscaling off", { autoscaling }, {}, ["DELETE /autoscaling"]],
    [
      "switches autoscaling off for a fixed number",
      { autoscaling },
      { numInstances: 2 },
      ["DELETE /autoscaling", "POST /scale"],
    ],
    [
      "switches autoscaling off for a disk",
      { autoscaling },
      { disk },
      ["DELETE /autoscaling", "POST /disks", "POST /deploys"],
    ],
  ] as const) {
    it(change, async () => {
      const state = await created(before);
      const { detailed, replaces } = await diff(state, after);
      assert.ok(Object.keys(detailed).length > 0);
      assert.deepEqual(replaces ?? [], []);
      const updated = await update(state, after);
      assert.deepEqual(await writesOf(state), writes);
      const refreshed = await world.plugin.read(WEB_SERVICE, updated);
      assert.ok(refreshed);
      assert.deepEqual(refreshed.outputs, updated.outputs);
      assert.deepEqual((await diff(refreshed, after)).detailed, {});
    });
  }

  it("leaves alone what was set by hand", async () => {
    const state = await created();
    await world.api("POST", "/disks", { ...disk, serviceId: state.id });
    const refreshed = await world.plugin.read(WEB_SERVICE, state);
    assert.ok(refreshed);
    assert.deepEqual((await diff(refreshed)).detailed, {});
    await update(refreshed, { environmentVariables: { A: "1" } });
    assert.equal((await details(state)).disk.sizeGB, 10);
  });

  it("shows a disk that was enlarged by hand as drift, and never shrinks it", async () => {
    const state = await created({ disk });
    await world.api("PATCH", `/disks/${state.outputs["diskId"]}`, { sizeGB: 50 });
    const refreshed = await world.plugin.read(WEB_SERVICE, state);
    assert.ok(refreshed);
    assert.ok("disk.sizeGB" in (await diff(refreshed, { disk })).detailed);
    await assert.rejects(preview(refreshed, { disk }), /disk\.sizeGB: is 50, and a disk never shrinks\. Declare 50/);
    await world.requests();
    await assert.rejects(update(state, { disk }), /"site": disk\.sizeGB is 50.*Nothing was changed/);
    assert.deepEqual(await world.writes(), []);
  });

  for (const [name, declared, words] of [
    ["a smaller disk", { disk: { ...disk, sizeGB: 5 } }, /disk\.sizeGB: is 10, and a disk never shrinks/],
    ["to drop the disk", {}, /disk: is 10 GB at \/var\/media, and without it all data on it would be lost.*\/disks/],
    ["another region", { disk, region: "oregon" }, /region: is "frankfurt".*without the data on the disk/],
    ["another workspace", { disk, ownerId: "tea-other" }, /ownerId: is "tea-.*without the data on the disk/],
  ] as const) {
    it(`refuses ${name}, because data would be lost`, async () => {
      const state = await created({ disk });
      await assert.rejects(preview(state, declared), words);
    });
  }

  it("does not take a disk that is not known yet for one that was dropped", async () => {
    const state = await created({ disk });
    const news = { ...state.inputs, disk: UNKNOWN };
    assert.deepEqual(Object.keys((await world.plugin.diff(WEB_SERVICE, state, news)).detailed), ["disk"]);
  });

  it("refuses a disk for a service that has several instances, or autoscaling, by hand, before it writes", async () => {
    const state = await created({ environmentVariables: { A: "1" } });
    await world.api("POST", `/services/${state.id}/scale`, { numInstances: 2 });
    await world.requests();
    await assert.rejects(update(state, { disk }), /"site": disk: there are 2 instances.*Declare numInstances: 1/);
    await world.api("PUT", `/services/${state.id}/autoscaling`, {
      ...{ enabled: true, min: 1, max: 2 },
      criteria: { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 70 } },
    });
    await world.requests();
    await assert.rejects(update(state, { disk }), /"site": disk: autoscaling is on.*Nothing was changed/);
    assert.deepEqual(await world.writes(), []);
  });

  for (const [inputs, property, words] of [
    [{ disk, numInstances: 2 }, "numInstances", /declare 1, or leave out the disk/],
    [{ disk, autoscaling }, "autoscaling", /not possible with a disk/],
    [{ autoscaling, numInstances: 2 }, "numInstances", /autoscaling chooses the number/],
    [{ autoscaling: { min: 1, max: 2 } }, "autoscaling", /declare cpu, memory, or both/],
    [{ autoscaling: { min: 3, max: 2, cpu: 50 } }, "autoscaling.min", /declare a min of at most 2/],
    [{ disk, plan: "free" }, "disk", /declare a paid plan/],
    [{ autoscaling, plan: "free" }, "autoscaling", /declare a paid plan/],
    [{ disk: { ...disk, mountPath: "media" } }, "disk.mountPath", /an absolute path/],
    [{ disk: { ...disk, sizeGB: 0 } }, "disk.sizeGB", />=1/],
  ] as const) {
    it(`refuses ${JSON.stringify(inputs)}`, async () => {
      const { failures } = await world.plugin.check(WEB_SERVICE, world.site(inputs));
      assert.deepEqual(
        failures.map((failure) => failure.property),
        [property],
      );
      assert.match(failures[0]?.reason ?? "", words);
    });
  }
});
