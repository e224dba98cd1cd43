import assert from "node:assert/strict";
import { configurationSchema } from "../../infra/config-schema.ts";
import { deliveryOf } from "../../infra/delivery.ts";

describe("how an image comes to run", () => {
  const cases = [
    [
      { delivery: "build", tag: "v1" },
      { mode: "build", builtBy: "program", tagOwner: "content" },
    ],
    [
      { delivery: "pinned", tag: "v1" },
      { mode: "pinned", builtBy: "others", tagOwner: "configuration", tag: "v1" },
    ],
    [
      { delivery: "continuous", tag: "v1" },
      { mode: "continuous", builtBy: "pipeline", tagOwner: "pipeline", tag: "v1" },
    ],
    [
      { delivery: "continuous", tag: "v1", hold: true },
      { mode: "continuous", builtBy: "pipeline", tagOwner: "configuration", tag: "v1" },
    ],
  ] as const;
  for (const [settings, delivery] of cases)
    it(`is, with ${JSON.stringify(settings)}, a tag of the ${delivery.tagOwner}'s`, () => {
      assert.deepEqual(deliveryOf(settings), delivery);
    });

  it("is known for each mode that the configuration takes", () => {
    for (const { delivery } of cases.map(([settings]) => settings))
      assert.equal(deliveryOf({ delivery }).mode, delivery);
    const refused = configurationSchema.safeParse({ image: { repository: "acme/site", delivery: "other" } }).error;
    const message = refused?.issues.map((issue) => JSON.stringify(issue)).find((text) => text.includes("pinned")) ?? "";
    assert.match(message, /is not one of build, pinned, continuous/);
  });
});
