import assert from "node:assert/strict";
import type { Around } from "../../cli/adopt/around.ts";
import { withoutDefaults } from "../../cli/adopt/defaults.ts";

describe("adopt: settings that say no more than the program", () => {
  const found = [
    { key: "repository.visibility", value: "private" },
    { key: "repository.mergeMethods", value: ["merge"] },
    { key: "repository.ruleset.reviews", value: 1 },
    { key: "errors.project", value: "shop" },
  ];
  const left = (state: readonly string[], configured: Readonly<Record<string, unknown>> = {}) => {
    const around = {
      names: { application: "shop", environment: "prod" },
      configured: (key: string) => configured[key],
      isInState: (name: string) => state.includes(name),
    } as unknown as Around;
    return withoutDefaults(around, found).map(({ key }) => key);
  };
  const all = found.map(({ key }) => key);

  it("describe a part in full that is new to the stack", () => {
    assert.deepEqual(left([]), all);
  });

  it("are left to the program, where the stack has the part already", () => {
    assert.deepEqual(left(["repository", "errors-project"]), ["repository.mergeMethods"]);
  });

  it("stay where the file has them, and below what is off", () => {
    const configured = { "repository.visibility": "public", "repository.ruleset": "off" };
    assert.deepEqual(left(["repository"], configured), all);
  });
});
