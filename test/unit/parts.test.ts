import assert from "node:assert/strict";
import { HEADER } from "../../cli/init/comments.ts";
import { configurationSchema } from "../../infra/config-schema.ts";
import { PART_NAMES, PARTS, partFacts, partTokens } from "../../infra/parts.ts";
import { SERVICES } from "../../infra/services.ts";
import { validConfig } from "./support/configuration.ts";
import { openProgram, type Program } from "./support/program.ts";

describe("the table of parts", () => {
  let program: Program;
  before(async () => {
    program = await openProgram("prod");
  });
  after(() => program?.close());

  it("names a key of the configuration for each, which takes `off`", () => {
    for (const part of PART_NAMES) assert.equal(configurationSchema.shape[part].safeParse("off").data, undefined, part);
  });

  it("has every component that the program declares, in one part", async () => {
    const { engine } = await program.run({
      ...validConfig(program.folder),
      "delivery:database": { plan: "basic_1gb", version: "17" },
      "delivery:cache": { plan: "starter" },
    });
    const registered = await engine.registrations();
    const declared = new Set(registered.map(({ type }) => type).filter((type) => type.startsWith("delivery:")));
    const listed = PART_NAMES.flatMap((part) => [...partFacts(part).components]);
    assert.deepEqual([...declared].sort(), [...listed].sort());
  });

  it("knows the token of each part at a service, and the stack's file explains it", () => {
    assert.deepEqual(
      Object.keys(partTokens()),
      PART_NAMES.filter((part) => "service" in PARTS[part]),
    );
    for (const { token, allows, title } of Object.values(SERVICES))
      assert.match(HEADER, new RegExp(`^ +${token} +${title}: ${allows}$`, "m"));
  });
});
