import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { examplePath, packages, pages, pagesDir } from "../../providers/docs/pages.ts";

describe("the providers' pages", () => {
  it("are what `npm run docs` makes of the schemas now", () => {
    const made = pages();
    assert.deepEqual(readdirSync(pagesDir).sort(), Object.keys(made).sort());
    for (const [file, text] of Object.entries(made)) {
      assert.equal(readFileSync(join(pagesDir, file), "utf8"), text, `${file} is out of date: run \`npm run docs\``);
    }
  });

  it("say of every resource how it is imported", () => {
    for (const { resources } of Object.values(packages)) {
      for (const [token, { description }] of Object.entries(resources)) {
        assert.match(description, / Import by /, `the description of ${token} does not say`);
      }
    }
  });

  it("link to headings that exist", () => {
    for (const [file, text] of Object.entries(pages())) {
      const headings = new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase()));
      for (const [, anchor = ""] of text.matchAll(/\]\(#([^)]+)\)/g)) {
        assert.ok(headings.has(anchor), `${file} has no heading #${anchor}`);
      }
    }
  });
});

describe("the providers' examples", () => {
  const used = new Set<string>();

  before(async () => {
    await pulumi.runtime.setMocks({
      newResource({ type, name, inputs }) {
        used.add(type);
        return { id: `${name}-id`, state: inputs };
      },
      call({ token, inputs }) {
        used.add(token);
        return inputs;
      },
    });
    const secrets = { registryToken: "t", databaseUrl: "d", codecovToken: "c", renderApiKey: "r" };
    pulumi.runtime.setAllConfig(
      Object.fromEntries(Object.entries(secrets).map(([key, value]) => [`project:${key}`, value])),
      Object.keys(secrets).map((key) => `project:${key}`),
    );
  });

  for (const { resources, functions } of Object.values(packages)) {
    for (const token of [...Object.keys(resources), ...Object.keys(functions)]) {
      it(`of ${token} runs and uses it`, async () => {
        used.clear();
        await import(pathToFileURL(examplePath(token)).href);
        await pulumi.runtime.disconnect();
        assert.ok(used.has(token), `it uses ${[...used].join(", ")}`);
      });
    }
  }
});
