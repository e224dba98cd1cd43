import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertEntryExists } from "../../cli/engine/index.ts";
import { UserError } from "../../cli/user-error.ts";

describe("the program's entry", () => {
  let project: string;
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "engine-entry-"));
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  const userError = (pattern: RegExp) => (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, pattern);
    return true;
  };

  it("is accepted when it exists, or when Pulumi.yaml names none", async () => {
    await writeFile(join(project, "Pulumi.yaml"), "name: a\nruntime: nodejs\n");
    await assertEntryExists(project);
    await writeFile(join(project, "Pulumi.yaml"), "name: a\nruntime: nodejs\nmain: stacks/index.ts\n");
    await mkdir(join(project, "stacks"));
    await writeFile(join(project, "stacks", "index.ts"), "");
    await assertEntryExists(project);
  });

  it("is named when it is missing", async () => {
    await writeFile(join(project, "Pulumi.yaml"), "name: a\nruntime: nodejs\nmain: stacks/index.ts\n");
    await assert.rejects(
      assertEntryExists(project),
      userError(/stacks\/index\.ts does not exist; .+Pulumi\.yaml names it/),
    );
  });

  it("needs a Pulumi.yaml that can be read", async () => {
    await assert.rejects(assertEntryExists(project), userError(/Pulumi\.yaml cannot be read: ENOENT/));
    await writeFile(join(project, "Pulumi.yaml"), "name: a\nmain: [1]\n");
    await assert.rejects(assertEntryExists(project), userError(/Pulumi\.yaml cannot be read: .*expected string/));
    await writeFile(join(project, "Pulumi.yaml"), "name: 'a\n");
    await assert.rejects(assertEntryExists(project), userError(/Pulumi\.yaml cannot be read: /));
  });
});
