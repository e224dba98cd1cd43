import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationPage } from "../../cli/docs/configuration-page.ts";
import { projectRoot } from "../../lib/project-folder.ts";

describe("docs/configuration.md", () => {
  const page = configurationPage();

  it("is what `npm run docs` makes of the schema", () => {
    const written = readFileSync(join(projectRoot, "docs", "configuration.md"), "utf8");
    assert.equal(written, page, "run `npm run docs` and commit docs/configuration.md");
  });

  it("tells what is required, what has a default, what is secret, and what can be off", () => {
    for (const row of [
      "| `ownerId` | the id of the Render workspace, e.g. `tea-...` | **required** |",
      "| `environment` | the environment's name, by default the stack's, written like application.name, e.g. `production` | the stack's name |",
      '| `delivery` | how an image comes to run: `build`, `pinned`, `continuous` | `"build"` |',
      "| `password` | the password or access token at the registry; secret |  |",
      "| `ruleset` | `off`, or a map with the keys below | all defaults |",
      "| `SENTRY_AUTH_TOKEN` | needed unless `errors` is off |",
    ])
      assert.ok(page.includes(row), `${row}\n\nis not in\n\n${page}`);
    assert.match(page, /## delivery:errors\n\n.* May be `off`\./);
    assert.doesNotMatch(page, /undefined|\[object/);
  });
});
