import assert from "node:assert/strict";
import { loadWith, makeFolder, removeFolder, validConfig } from "./support/configuration.ts";

const DISK = { path: "/app/media", sizeGB: 10 };
const SCALED = { min: 1, max: 3, cpu: 70 };

describe("configuration of the site's disk and instances", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({ "manage.py": "print()", Dockerfile: "FROM scratch" });
  });
  after(() => removeFolder(folder));

  const load = async (changes: object) => {
    const site = validConfig(folder)["delivery:site"] as object;
    return (await loadWith(folder, { "delivery:site": { ...site, ...changes } })).site;
  };

  it("has neither by default, nor when they are off", async () => {
    for (const changes of [{}, { disk: "off", autoscaling: "off" }, { disk: false, autoscaling: false }]) {
      const site = await load(changes);
      assert.deepEqual([site?.disk, site?.autoscaling], [undefined, undefined]);
    }
  });

  it("takes a disk of one instance, and instances by load", async () => {
    assert.deepEqual((await load({ disk: DISK, instances: 1 }))?.disk, DISK);
    assert.deepEqual((await load({ autoscaling: { ...SCALED, memory: 80 } }))?.autoscaling, { ...SCALED, memory: 80 });
  });

  const refused: Record<string, [object, RegExp]> = {
    "a disk without a place": [{ disk: { sizeGB: 1 } }, /site\.disk\.path is missing: where the site finds the disk/],
    "a disk in a relative place": [{ disk: { ...DISK, path: "media" } }, /site\.disk\.path is not where/],
    "a disk over everything": [{ disk: { ...DISK, path: "/" } }, /site\.disk\.path is not where/],
    "a disk without a size": [{ disk: { path: "/app/media" } }, /site\.disk\.sizeGB is missing/],
    "a disk of nothing": [{ disk: { ...DISK, sizeGB: 0 } }, /site\.disk\.sizeGB is less than 1/],
    "a disk of several instances": [
      { disk: DISK, instances: 2 },
      /site\.disk is for a site of one instance.*\n.* rm .*site\.instances' .* or: .* rm .*site\.disk'/,
    ],
    "a disk with autoscaling": [
      { disk: DISK, autoscaling: SCALED },
      /site\.disk is for a site of one instance.*\n.* rm .*site\.autoscaling'/,
    ],
    "a disk of a free site": [
      { disk: DISK, plan: "free" },
      /site\.disk is not offered by the plan `free`\n.*plan' starter/,
    ],
    "autoscaling of a free site": [
      { autoscaling: SCALED, plan: "free" },
      /site\.autoscaling is not offered by the plan/,
    ],
    "instances with autoscaling": [
      { autoscaling: SCALED, instances: 2 },
      /site\.instances is not applied while autoscaling is on.*\n.* rm .*site\.instances'/,
    ],
    "more at least than at most": [
      { autoscaling: { ...SCALED, min: 4 } },
      /site\.autoscaling\.max is less than `min`\n.* 4 /,
    ],
    "nothing to go by": [
      { autoscaling: { min: 1, max: 2 } },
      /site\.autoscaling has neither `cpu` nor `memory`\D*\n?.*70/,
    ],
    "more than Render aims at": [{ autoscaling: { ...SCALED, cpu: 100 } }, /autoscaling\.cpu is more than 90/],
  };
  for (const [what, [changes, message]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      await assert.rejects(load(changes), message);
    });
});
