import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { removeBrokenAttributes } from "../../cli/recover/state-files.ts";

describe("delivery recover: the files of a backend", () => {
  let backend: string;
  let stacks: string;
  beforeEach(async () => {
    backend = await mkdtemp(join(tmpdir(), "delivery recover-"));
    stacks = join(backend, ".pulumi/stacks/site");
    await mkdir(stacks, { recursive: true });
    await writeFile(join(stacks, "prod.json"), "");
    await writeFile(join(stacks, "prod.json.attrs"), "");
    await writeFile(join(stacks, "prod.json.bak.attrs"), '{"user.content_type":"te');
    await writeFile(join(stacks, "test.json.attrs"), '{"user.content_type":"text/plain"}');
  });
  afterEach(() => rm(backend, { recursive: true }));

  const removeAt = async (url: string): Promise<string[]> => {
    const run = async () => ({ code: 0, stdout: JSON.stringify({ user: "ops", url }), stderr: "" });
    await removeBrokenAttributes({ run });
    return (await readdir(stacks)).sort();
  };

  it("loses the attributes that are not whole, and keeps all else", async () => {
    const left = ["prod.json", "test.json.attrs"];
    assert.deepEqual(await removeAt(`${pathToFileURL(backend).href}?no_tmp_dir=true`), left);
    assert.deepEqual(await removeAt(pathToFileURL(backend).href), left);
  });

  it("leaves other backends alone", async () => {
    const all = await readdir(stacks);
    assert.deepEqual(await removeAt("https://app.pulumi.com/acme"), all.sort());
    await removeBrokenAttributes({ run: async () => ({ code: 255, stdout: "", stderr: "error: not logged in" }) });
    assert.equal((await readdir(stacks)).length, all.length);
  });

  it("does without a folder that is not there", async () => {
    await rm(join(backend, ".pulumi"), { recursive: true });
    await mkdir(stacks, { recursive: true });
    assert.deepEqual(await removeAt(pathToFileURL(backend).href), []);
  });
});
