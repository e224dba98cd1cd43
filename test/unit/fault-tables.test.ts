import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "../../sandbox/services/core/sqlite.ts";
import { answersTo } from "../faults/engine/advice.ts";
import { type Run, table, titleOf, type Write } from "../faults/engine/cases.ts";
import { agree, compared } from "../faults/engine/compare.ts";
import { differing, normalObjects, normalState } from "../faults/engine/normal-form.ts";
import type { EngineRow } from "../faults/engine/run-table.ts";
import { withoutFurtherDeploys } from "../faults/engine/table-world.ts";

const row = (name: string, { commands = [] as string[], ...more } = {}): EngineRow => ({
  ...{ run: "up", disturbance: "cut after", case: name, seconds: 1, commands },
  ...more,
});

describe("tables of faults", () => {
  describe("two seeds", () => {
    const advised = ["recover", "up"];

    it("agree when what both have run has ended alike, whatever else one of them has run", () => {
      const found = compared(
        [row("a"), row("b", { commands: advised }), row("of the first")],
        [row("b", { commands: ["recover", "recover", "up"] }), row("a"), row("of the second"), row("as well")],
      );
      assert.deepEqual(found, { common: 2, differing: [], byOthers: 0, only: 3, unexplained: 0 });
      assert.ok(agree(found));
    });

    it("do not agree when one case has ended otherwise, and name it with both ends", () => {
      const found = compared([row("a"), row("b")], [row("a", { commands: advised }), row("b")]);
      assert.deepEqual(found.differing, ["a: at once, then advice"]);
      assert.ok(!agree(found));
    });

    it("agree when only who decides differs, and name the case all the same", () => {
      const found = compared(
        [row("a", { commands: advised }), row("b")],
        [row("a", { commands: ["recover", "recover with 1 named", "up"] }), row("b")],
      );
      assert.deepEqual(found.differing, ["a: advice, then named"]);
      assert.ok(agree(found));
    });

    it("do not agree when an end of either is not explained, also of a case that only one has run", () => {
      const wrong = row("b", { problem: "2 keys instead of 1" } as object);
      for (const [one, other] of [
        [[row("a"), wrong], [row("a")]],
        [[row("a")], [row("a"), wrong]],
        [[wrong], [wrong]],
      ] as const) {
        const found = compared(one, other);
        assert.ok(found.unexplained > 0);
        assert.ok(!agree(found));
      }
    });

    it("tells what a person has to do from what is advised, and a vendor's double from both", () => {
      const ends = (commands: string[]): readonly string[] => compared([row("a")], [row("a", { commands })]).differing;
      assert.deepEqual(ends(["recover", "recover with 1 named", "up"]), ["a: at once, then named"]);
      assert.deepEqual(ends(["recover", "destroy", "state delete of 1 named", "destroy"]), ["a: at once, then named"]);
      assert.deepEqual(ends(["recover", "delete of the double"]), ["a: at once, then vendor"]);
    });
  });

  describe("the cells of the engine's table", () => {
    const writes = (operation: "creating" | "updating" | "deleting", count: number): Write[] =>
      Array.from({ length: count }, (_, index) => ({
        ...{ operation, service: "render" as const, method: "POST", path: `/v1/${index}`, skip: 0 },
      }));
    const runs = new Map<Run, readonly Write[]>([
      ["up", writes("creating", 5)],
      ["update", writes("updating", 5)],
      ["destroy", writes("deleting", 5)],
    ]);
    const titles = (seed: number): string[] => table(runs, seed).map(titleOf);

    it("are the same of creates and deletes with every seed, and others of the rest", () => {
      const isWhole = (title: string): boolean => !title.startsWith("update") && !title.includes("before");
      const [first, second] = [titles(1), titles(2)];
      assert.deepEqual(first.filter(isWhole).sort(), second.filter(isWhole).sort());
      assert.equal(first.filter(isWhole).length, 2 * 5 * 6);
      const rest = [first, second].map((some) => some.filter((title) => !isWhole(title)).sort());
      assert.equal(rest[0]?.length, rest[1]?.length);
      assert.notDeepEqual(rest[0], rest[1]);
    });

    it("are each there once, and the same with the same seed", () => {
      assert.equal(new Set(titles(1)).size, titles(1).length);
      assert.deepEqual(titles(1), titles(1));
    });
  });

  it("answer what a message leaves to a person: an object by its id, and a mark where it knows none", () => {
    const message =
      "Recover again with one of these for each resource:\n" +
      "  --import 'urn:pulumi:s::p::a:index:A::a=ID'\n  --clear 'urn:pulumi:s::p::a:index:A::a'\n" +
      "  --import 'urn:pulumi:s::p::b:index:B::b=org/x=1'\n  --clear 'urn:pulumi:s::p::b:index:B::b'";
    assert.deepEqual(answersTo(message), [
      "--clear=urn:pulumi:s::p::a:index:A::a",
      "--import=urn:pulumi:s::p::b:index:B::b=org/x=1",
    ]);
  });

  it("takes a further deploy for no object, and only that", () => {
    const expected = { render: { deploys: 2, services: 1 }, sentry: { keys: 2 } };
    const now = (deploys: number) => ({ ...expected, render: { deploys, services: 1 } });
    assert.deepEqual(withoutFurtherDeploys(expected, now(3)), { further: true, counts: expected });
    for (const deploys of [0, 1, 2])
      assert.deepEqual(withoutFurtherDeploys(expected, now(deploys)), { further: false, counts: now(deploys) });
    const nothing = { ...expected, render: { deploys: 0, services: 0 } };
    assert.equal(withoutFurtherDeploys(nothing, now(1)).further, false, "where none belongs, one is too many");
  });

  describe("a repository of two files", () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "normal-form-"));
    });
    after(() => rm(folder, { recursive: true }));

    /** Each commit adds to the files of the one before it. */
    const objects = (...files: readonly string[]): string[] => {
      const file = join(folder, `${files.join("-")}.sqlite`);
      const database = new DatabaseSync(file);
      database.exec("CREATE TABLE documents (service TEXT, kind TEXT, body TEXT)");
      for (const [index, name] of files.entries()) {
        const there = Object.fromEntries(files.slice(0, index + 1).map((one) => [one, { mode: "100644" }]));
        const body = {
          sha: `${index}`,
          parents: index > 0 ? [`${index - 1}`] : [],
          message: `Add ${name}`,
          files: there,
        };
        database.prepare("INSERT INTO documents VALUES ('github', 'commit', ?)").run(JSON.stringify(body));
      }
      database.close();
      return normalObjects(file).map((line) => line.replace(/"sha":"\d"/, ""));
    };

    it("is the same whichever was committed first, and another with another file", () => {
      assert.deepEqual(differing(objects("a", "b", "c"), objects("a", "c", "b")), []);
      assert.equal(differing(objects("a", "b"), objects("a", "d")).length, 4);
      assert.equal(differing(objects("b", "a"), objects("b", "a", "e")).length, 3);
    });
  });

  describe("states", () => {
    const urn = "urn:pulumi:sandbox::delivery::render:index:Project::p";
    const state = (more: object): string[] => normalState({ resources: [{ urn, ...more }] });

    it("are equal when they differ in what says how an object came to be", () => {
      const made = state({
        id: "prj-1",
        created: "2026-12-01T05:00:00Z",
        propertyDependencies: { name: [], a: [urn] },
      });
      const imported = state({ id: "prj-2", importID: "prj-2", propertyDependencies: { a: [urn] } });
      assert.deepEqual(differing(made, imported), []);
      assert.deepEqual(differing(state({ propertyDependencies: { name: [] } }), state({})), []);
    });

    it("differ in what an object is, and in what a property depends on", () => {
      assert.equal(differing(state({ inputs: { name: "a" } }), state({ inputs: { name: "b" } })).length, 2);
      assert.equal(differing(state({ propertyDependencies: { a: [urn] } }), state({})).length, 2);
    });
  });
});
