import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";
import { entryTitles } from "../e2e/support/documented-entry.ts";

/** Entries that are a command with an end-to-end test of its own: where it is, and how it runs the command. */
const OWN_TESTS: Readonly<Record<string, readonly [file: string, call: string]>> = {
  "An interrupted run": ["recover.test.ts", 'delivery("recover",'],
  "Roll back": ["modes.test.ts", 'delivery("rollback",'],
};

describe("docs/operations.md", () => {
  it("has a test that follows each entry", async () => {
    const textOf = (name: string): Promise<string> => readFile(join(projectRoot, "test", "e2e", name), "utf8");
    const files = ["operations-secrets.test.ts", "operations-state.test.ts"];
    const followed = (await Promise.all(files.map(textOf))).join("\n");
    const titles = await entryTitles();
    assert.ok(titles.length > 10);
    for (const title of titles) {
      const [file, call] = OWN_TESTS[title] ?? [];
      const text = file ? await textOf(file) : followed;
      // Once as the test's title, once as what it follows.
      const mentions = text.split(call ?? JSON.stringify(title)).length - 1;
      assert.ok(mentions >= (call ? 1 : 2), `no test follows "${title}"`);
    }
  });
});
