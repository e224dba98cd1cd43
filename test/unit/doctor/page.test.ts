import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { doctorPage } from "../../../cli/docs/doctor-page.ts";
import { AREAS } from "../../../cli/doctor/check.ts";
import { checks } from "../../../cli/doctor/checks/index.ts";
import { runCommandLine } from "../../../cli/program.ts";
import { projectRoot } from "../../../lib/project-folder.ts";

describe("docs/doctor.md", () => {
  it("is what `npm run docs` makes of the checks", () => {
    const written = readFileSync(join(projectRoot, "docs", "doctor.md"), "utf8");
    assert.equal(written, doctorPage(), "run `npm run docs` and commit docs/doctor.md");
  });

  it("has a row for every check, and each check is in the registry once", () => {
    const page = doctorPage();
    const files = new Set(checks.map(({ id }) => id));
    assert.equal(files.size, checks.length);
    for (const { id } of checks) assert.equal(page.split(`| \`${id}\` |`).length, 2, id);
  });

  it("lists every option of the command", async () => {
    const stdout = new PassThrough();
    const context = { env: {}, signal: new AbortController().signal, stdout, stderr: process.stderr };
    assert.equal(await runCommandLine(["doctor", "--help"], context), 0);
    const options = [...String(stdout.read()).matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option);
    assert.ok(options.length > 3);
    for (const option of options) assert.ok(option === "--help" || doctorPage().includes(`${option}`), option);
  });

  it("names only checks that come before, or are there, as what one waits for", () => {
    for (const { id, needs = [], area } of checks) {
      assert.ok(AREAS.includes(area));
      for (const need of needs)
        assert.ok(
          checks.some((other) => other.id === need && need !== id),
          `${id}: ${need}`,
        );
    }
  });
});
