import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { examplePath, pages, pagesDir } from "../../providers/docs/pages.ts";
import { packages } from "../../providers/sdk/packages.ts";
import { type MockEngine, mockEngine } from "./support/mock-engine.ts";

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
  const secrets = { registryToken: "t", databaseUrl: "d", codecovToken: "c", renderApiKey: "r" };
  const config = Object.fromEntries(Object.entries(secrets).map(([key, value]) => [`delivery:${key}`, value]));
  const called: string[] = [];
  let engine: MockEngine;

  beforeEach(async () => {
    called.length = 0;
    const call = (inputs: object, token: string): object => {
      called.push(token);
      return inputs;
    };
    engine = await mockEngine({ config, secretKeys: Object.keys(config), call });
  });

  for (const { resources, functions } of Object.values(packages)) {
    for (const token of Object.keys(resources)) {
      it(`of ${token} runs and declares it`, async () => {
        await import(pathToFileURL(examplePath(token)).href);
        const types = (await engine.registrations()).map(({ type }) => type);
        assert.ok(types.includes(token), `it declares ${types.join(", ")}`);
      });
    }
    for (const token of Object.keys(functions)) {
      it(`of ${token} runs and calls it`, async () => {
        await import(pathToFileURL(examplePath(token)).href);
        assert.deepEqual(called, [token]);
      });
    }
  }
});
