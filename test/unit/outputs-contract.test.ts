import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { contractFiles } from "../../contract/files.ts";
import { readDelivery } from "../../contract/index.js";
import { CONTRACT_VERSION, jsonSchema } from "../../contract/schema.ts";
import { type ContractSchema, contractBreaks } from "./support/contract-breaks.ts";
import { mockEngine } from "./support/mock-engine.ts";
import { sharedOutputs } from "./support/shared-stack.ts";

const published = resolve(import.meta.dirname, "published-contracts");

describe("the contract of outputs", () => {
  it("is what the committed files say", async () => {
    for (const { path, content } of await contractFiles())
      assert.equal(await readFile(path, "utf8"), content, `${path} is not current: run \`npm run contract\``);
  });

  it("keeps every published schema of its version", async () => {
    const files = (await readdir(published)).filter((file) => file.startsWith(`${CONTRACT_VERSION}.`));
    assert.ok(files.length > 0);
    for (const file of files) {
      const before = JSON.parse(await readFile(join(published, file), "utf8")) as ContractSchema;
      const now = jsonSchema() as ContractSchema;
      assert.deepEqual(contractBreaks(before, now), [], "raise CONTRACT_VERSION, or take the change back");
    }
  });

  const text: ContractSchema = { type: "string" };
  const before: ContractSchema = {
    type: "object",
    properties: { site: { type: "object", properties: { id: text, url: { type: "string", format: "uri" } } } },
    required: ["site"],
  };
  const withSite = (site: ContractSchema, rest: object = {}) => ({ ...before, properties: { site }, ...rest });
  const site = before.properties?.["site"] as ContractSchema;
  const changes: Record<string, [ContractSchema, string[]]> = {
    "an added field": [withSite({ ...site, properties: { ...site.properties, plan: text } }), []],
    "a removed field": [withSite({ ...site, properties: { id: text } }), ["site.url: is gone"]],
    "a removed object": [{ ...before, properties: {} }, ["site: is gone"]],
    "a field that may be absent now": [withSite(site, { required: [] }), ["site: may be absent now"]],
    "another kind of value": [
      withSite({ ...site, properties: { ...site.properties, id: { type: "number" } } }),
      ["site.id: type was string, is number"],
    ],
    "a format that is no longer kept": [
      withSite({ ...site, properties: { id: text, url: text } }),
      ["site.url: format was uri, is undefined"],
    ],
  };
  for (const [what, [current, breaks]] of Object.entries(changes))
    it(`${breaks.length > 0 ? "is broken by" : "is kept by"} ${what}`, () => {
      assert.deepEqual(contractBreaks(before, current), breaks);
    });
});

describe("readDelivery", () => {
  const STACK = "organization/delivery/prod";
  const read = async (outputs: object, secretOutputNames: string[] = []) => {
    await mockEngine({ outputs: { "pulumi:pulumi:StackReference": { outputs, secretOutputNames } } });
    return readDelivery(STACK);
  };
  const image = { repository: "acme/site", tag: "t", reference: "acme/site:t", digest: "sha256:1" };

  it("gives a stack's outputs", async () => {
    assert.deepEqual(await read({ ...sharedOutputs, image }), { ...sharedOutputs, image });
  });

  it("takes a newer stack's, whose fields it does not know", async () => {
    const { site, image: known } = await read({ ...sharedOutputs, image: { ...image, size: 1 }, novelty: {} });
    assert.equal(site, undefined);
    assert.equal(known?.tag, "t");
  });

  const errors = { project: "site", dsn: {} };
  const refusals: Record<string, [object, RegExp]> = {
    "that it may not decrypt": [
      { ...sharedOutputs, errors },
      /prod hides errors\.dsn: it is a secret there, encrypted with a passphrase that this stack does not have/,
    ],
    "of another version": [{ ...sharedOutputs, contractVersion: 2 }, /speaks version 2 .* and this package version 1/],
    "with a field missing": [{ ...sharedOutputs, image: { ...image, tag: undefined } }, /image\.tag/],
    "of something else": [{}, /prod has no outputs of a delivery chain/],
  };
  for (const [what, [outputs, message]] of Object.entries(refusals))
    it(`refuses outputs ${what}`, async () => {
      await assert.rejects(read(outputs), { message });
    });

  it("refuses a secret, and does not show it", async () => {
    await assert.rejects(read({ ...sharedOutputs, image }, ["image"]), ({ message }: Error) => {
      assert.match(message, /hands image out as a secret, and the contract carries none/);
      return !message.includes("acme/site");
    });
  });
});
