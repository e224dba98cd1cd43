import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/project-folder.ts";

const docs = join(projectRoot, "docs");

describe("docs/seed.md", () => {
  const page = readFileSync(join(docs, "seed.md"), "utf8");
  const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, path = ""]) => path);
  const proofs = [...page.matchAll(/\]\((\.\.\/test\/[^)]+)\): "([^"]+)"/g)].map(([, path = "", title = ""]) => ({
    path,
    title,
  }));

  it("names files that exist", () => {
    assert.ok(links.length > 30);
    for (const path of links) assert.ok(existsSync(join(docs, path)), `${path} does not exist`);
  });

  it("names tests that exist", () => {
    for (const { path, title } of proofs)
      assert.ok(readFileSync(join(docs, path), "utf8").includes(`it("${title}"`), `${path} has no test "${title}"`);
  });

  it("gives every role a file and a test", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| ") && !/^\| (role|---) /.test(line));
    assert.equal(proofs.length, rows.length);
    for (const row of rows) {
      const [, where = "", proof = ""] = row.split(" | ");
      assert.match(where, /\]\(/, row);
      assert.match(proof, /\]\(\.\.\/test\//, row);
    }
  });

  it("names steps that its Dockerfile has", () => {
    const dockerfile = readFileSync(join(projectRoot, "Dockerfile"), "utf8");
    const steps = [...page.matchAll(/\[Dockerfile\]\([^)]+\), `([^`]+)`/g)].map(([, step = ""]) => step);
    assert.equal(steps.length, 5);
    for (const step of steps) assert.ok(dockerfile.includes(step), `the Dockerfile has no ${step}`);
  });
});
