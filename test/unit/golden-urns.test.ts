import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { validConfig } from "./support/configuration.ts";
import type { Registration } from "./support/mock-engine.ts";
import { openProgram, type Program } from "./support/program.ts";
import { environmentConfig, sharedOutputs } from "./support/shared-stack.ts";

/** By a changed URN the engine takes a resource for another one: it deletes and creates. An alias prevents that. */
const CHANGED = "A URN has changed. Give the resource back its name and parent, or an alias; add what is new.";

describe("URNs", () => {
  let program: Program;
  let golden: Record<string, string[]>;
  before(async () => {
    program = await openProgram("unit-urns");
    golden = JSON.parse(await readFile(resolve(import.meta.dirname, "golden-urns.json"), "utf8"));
  });
  after(() => program?.close());

  /** With every optional part. */
  const config = (): Record<string, unknown> => ({
    ...validConfig(program.folder),
    "delivery:errors": { organization: "acme" },
    "delivery:database": { plan: "basic_1gb", version: "17" },
    "delivery:cache": { plan: "starter" },
  });
  const identities = (registrations: readonly Registration[]): string[] =>
    registrations.map(({ identity }) => identity).sort();

  it("of a stack that declares all are those of its first version", async () => {
    const { engine } = await program.run(config());
    assert.deepEqual(identities(await engine.registrations()), golden["all"], CHANGED);
  });

  it("of shared parts are those that they have in such a stack, so that they can be moved", async () => {
    const { engine } = await program.run({ ...config(), "delivery:declares": "shared" });
    const declared = identities(await engine.registrations());
    assert.deepEqual(declared, golden["shared"], CHANGED);
    assert.deepEqual(
      declared.filter((identity) => !golden["all"]?.includes(identity)),
      [],
    );
  });

  it("of an environment are the rest of them", async () => {
    const { engine } = await program.run(
      {
        ...environmentConfig(program.folder),
        "delivery:database": config()["delivery:database"],
        "delivery:cache": config()["delivery:cache"],
      },
      sharedOutputs,
    );
    const declared = identities(await engine.registrations());
    assert.deepEqual(declared, golden["environment"], CHANGED);
    assert.deepEqual([...declared, ...(golden["shared"] ?? [])].sort(), golden["all"]);
  });
});
