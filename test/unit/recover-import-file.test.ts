import assert from "node:assert/strict";
import type { Import } from "../../cli/recover/decision.ts";
import { importFile } from "../../cli/recover/import-file.ts";

const STACK = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
const SHELF = "urn:pulumi:prod::shop::shop:rooms:Shelf::shelf";
const BOX = "urn:pulumi:prod::shop::shop:rooms:Shelf$shop:index:Box::box";
const LID = "urn:pulumi:prod::shop::shop:rooms:Shelf$shop:index:Box$shop:index:Lid::lid";

function imported(urn: string, parent: string, id: string): Import {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const resource = { urn, type, parent, protect: false, delete: false, inputs: {} };
  return { action: "import", operation: { type: "creating", resource }, what: id, reason: "", id };
}

describe("the file of a recovery's import", () => {
  const both = [imported(BOX, SHELF, "b"), imported(LID, BOX, "l")];

  it("brings a component that the state has lost, with what stands below it", () => {
    const { nameTable, resources } = importFile(both, new Set([STACK]));
    assert.deepEqual(
      resources.map(({ name, type, component, id, parent }) => [name, type, component, id, parent]),
      [
        ["component0", "shop:rooms:Shelf", true, undefined, undefined],
        ["resource0", "shop:index:Box", undefined, "b", "component0"],
        ["resource1", "shop:index:Lid", undefined, "l", "parent1"],
      ],
    );
    assert.deepEqual(nameTable, { parent1: BOX });
  });

  it("names a component that the state has", () => {
    const { nameTable, resources } = importFile(both, new Set([STACK, SHELF]));
    assert.equal(resources.length, 2);
    assert.deepEqual(nameTable, { parent0: SHELF, parent1: BOX });
  });
});
