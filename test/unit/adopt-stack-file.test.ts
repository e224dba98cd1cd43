import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { backUp, editStackFile, noteAt } from "../../cli/adopt/stack-file.ts";

const FILE = `# ours
config:
  github:owner: acme
  # why
  delivery:repository: {} # all defaults
  delivery:errors: off
  delivery:site:
    plan: starter # cheap
    variables: { OLD: "1" }
  delivery:secretVariables:
    TOKEN:
      secure: v1:abc
encryptionsalt: v1:salt
`;

describe("adopt: the stack's file", () => {
  it("is edited in place: what is not changed keeps its comments and its secrets", () => {
    const { text, changes } = editStackFile(FILE, [
      { key: "site.plan", value: "starter" },
      { key: "site.region", value: "ohio" },
      { key: "site.variables.OLD", value: undefined },
    ]);
    assert.deepEqual(changes, [
      { key: "site.region", before: undefined, after: "ohio" },
      { key: "site.variables.OLD", before: "1", after: undefined },
    ]);
    assert.match(text, /^# ours\n(.|\n)* {2}# why\n(.|\n)*plan: starter # cheap\n(.|\n)*secure: v1:abc/);
    assert.doesNotMatch(text, /variables:\s*\{?\s*\}?\n {2}\w/);
    assert.match(text, /encryptionsalt: v1:salt/);
  });

  it("gets maps where a part was off, or on one line, with a note beside each value that has one", () => {
    const { text } = editStackFile(FILE, [
      { key: "errors.team", value: "web" },
      { key: "repository.pipelineFile", value: "observed", note: "yours" },
      { key: "asFound.site.environmentVariables.PORT", value: null, note: 'the chain: "8000"' },
    ]);
    const { config } = parse(text) as { config: Record<string, unknown> };
    assert.deepEqual(config["delivery:errors"], { team: "web" });
    assert.deepEqual(config["delivery:repository"], { pipelineFile: "observed" });
    assert.deepEqual(config["delivery:asFound"], { site: { environmentVariables: { PORT: null } } });
    assert.match(text, /pipelineFile: observed # yours\n/);
    assert.match(text, /PORT: null # the chain: "8000"\n/);
  });

  it("says above a part where it comes from, once", () => {
    const settings = [{ key: "site.region", value: "ohio" }];
    const sources = { site: "As found: Render.", repository: "As found: GitHub.", image: "As found: nothing." };
    const { text } = editStackFile(FILE, settings, sources);
    assert.match(text, / {2}# As found: Render\.\n {2}delivery:site:/);
    assert.match(text, / {2}# why\n {2}delivery:repository:/);
    assert.equal(editStackFile(text, [{ key: "site.region", value: "ohio" }], sources).text, text);
  });

  it("takes whatever a service answers for a value or a comment", () => {
    const hostile = 'a: b # c\n"d": \u2028{e} - [f] \u0000';
    const { text } = editStackFile("", [
      { key: "repository.description", value: hostile, note: hostile },
      { key: "asFound.errors-team.name", value: hostile, note: hostile },
    ]);
    const { config } = parse(text) as { config: Record<string, Record<string, unknown>> };
    assert.deepEqual(config["delivery:repository"], { description: hostile });
    assert.deepEqual(config["delivery:asFound"], { "errors-team": { name: hostile } });
  });

  it("tells what it was that turned a part off", () => {
    const { text } = editStackFile(FILE, [
      { key: "pipeline", value: "off", note: "adopt: CircleCI does not follow it" },
    ]);
    assert.equal(noteAt(text, "pipeline"), "adopt: CircleCI does not follow it");
    assert.equal(noteAt(text, "errors"), undefined);
    assert.equal(noteAt(text, "site"), undefined);
  });

  it("is kept as it was under a name that nothing has", async () => {
    const folder = await mkdtemp(join(tmpdir(), "delivery-adopt-"));
    try {
      const path = join(folder, "Pulumi.prod.yaml");
      assert.equal(await backUp(path), undefined);
      await writeFile(path, "first");
      await backUp(path);
      await writeFile(path, "second");
      await backUp(path);
      const kept = (await readdir(folder)).filter((name) => name.includes(".before-adopt")).sort();
      const texts = await Promise.all(kept.map((name) => readFile(join(folder, name), "utf8")));
      assert.deepEqual(texts, ["first", "second"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
