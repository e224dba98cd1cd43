import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeStackFile } from "../../sandbox/stack-file.ts";

const BROKEN = "config:\n  delivery:site: {plan: [\n";

describe("the sandbox's stack file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stack-file-"));
    await writeFile(join(folder, "Pulumi.yaml"), "name: delivery\n");
    await writeFile(join(folder, "Pulumi.sandbox.yaml"), "config:\n  delivery:site:\n    plan: starter\n");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (): Promise<string> =>
    writeStackFile({
      folder: join(folder, "copy"),
      projectDir: folder,
      stack: "sandbox",
      world: {
        registry: { address: "localhost:5000", username: "delivery", password: "sandbox" },
        buildSecrets: {},
      } as unknown as Parameters<typeof writeStackFile>[0]["world"],
    });

  it("that is not valid YAML is named, with the line", async () => {
    await writeFile(join(folder, "Pulumi.sandbox.yaml"), BROKEN);
    await assert.rejects(write(), (error: Error) => {
      assert.ok(error.message.startsWith(`${join(folder, "Pulumi.sandbox.yaml")} is not valid YAML: `), error.message);
      assert.match(error.message, /at line \d/);
      return true;
    });
  });

  it("whose copy was edited wrongly is named, and kept", async () => {
    const copy = await write();
    await writeFile(copy, BROKEN);
    await assert.rejects(write(), (error: Error) => error.message.startsWith(`${copy} is not valid YAML: `));
    assert.equal(await readFile(copy, "utf8"), BROKEN);
  });
});
