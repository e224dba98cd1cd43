import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";
import { entryTitles } from "../e2e/support/documented-entry.ts";

/** The tests that follow a page's entries. */
const FOLLOWED_BY: Readonly<Record<string, readonly string[]>> = {
  "operations.md": ["operations-secrets.test.ts", "operations-state.test.ts"],
  "backends.md": ["backends.test.ts"],
  "database.md": ["operations-database.test.ts"],
};

/** Entries that are a command with an end-to-end test of its own: where it is, and how it runs the command. */
const OWN_TESTS: Readonly<Record<string, readonly [file: string, call: string]>> = {
  "An interrupted run": ["recover.test.ts", 'delivery("recover",'],
  "An alert that Sentry no longer has": ["drift.test.ts", 'drift("--yes")'],
  "Rename the repository": ["rename.test.ts", 'delivery("up",'],
  "Roll back": ["modes.test.ts", 'delivery("rollback",'],
};

describe("the pages of commands", () => {
  for (const [page, files] of Object.entries(FOLLOWED_BY))
    it(`docs/${page} has a test that follows each entry`, async () => {
      const textOf = (name: string): Promise<string> => readFile(join(projectRoot, "test", "e2e", name), "utf8");
      const followed = (await Promise.all(files.map(textOf))).join("\n");
      const titles = await entryTitles(page);
      assert.ok(titles.length >= 5);
      for (const title of titles) {
        const [file, call] = OWN_TESTS[title] ?? [];
        const text = file ? await textOf(file) : followed;
        // Once as the test's title, once as what it follows.
        const mentions = text.split(call ?? JSON.stringify(title)).length - 1;
        assert.ok(mentions >= (call ? 1 : 2), `no test follows "${title}"`);
      }
    });
});
